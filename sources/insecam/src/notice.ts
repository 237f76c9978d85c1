/** What a user has to read and accept before the source can be enabled. */
export const NOTICE = `Read this before you enable this source. It is not like the others.

Insecam is a directory of network cameras that somebody found on the internet without a password. By its own account that \
is all they have in common. Most are private devices: of shops, offices, yards and homes. Their owners did not publish \
them and as a rule do not know that they can be seen; nor do the people in front of them. Argus otherwise lists cameras that \
their owners meant for the public.

- Most rows are dropped. Argus takes no camera under a bare IP address, inside a private network, or with a user name, \
password or key in its address; nearly all rows are of that kind. Expect few cameras, and none on some days.
- To watch, record, publish or analyse such a camera can be a crime or a civil wrong where you live or where the camera \
stands, under the laws on computer access, on data protection and on surveillance, even though there is no password. \
No licence is known and nobody has given consent.
- Do not try passwords, do not operate a camera, do not try to find out who is seen, and do not use what you see to the \
harm of anybody. Whoever can find an owner should tell them.
- Its cameras are left out of bulk analysis and health checks unless you choose them.

The legal and the ethical risk is yours alone. To go without this source costs you nothing else of Argus.`;
