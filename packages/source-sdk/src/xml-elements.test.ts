import { expect, it } from "vitest";

import { parseXml } from "./xml.ts";
import { elementAt, elementsIn, elementText } from "./xml-elements.ts";

const PUBLICATION = parseXml(
  `<d:publication><d:table><site id="1"><name lang="en"> A &amp; B </name><url>u</url></site></d:table>
  <more><site id="2"><deep><name>other</name></deep><name/><deep><place><lat>1</lat></place><site id="3"/></deep></site></more></d:publication>`,
  "a test",
);

it("finds elements however deep they are nested, and none inside another of them", () => {
  expect(elementsIn(PUBLICATION, "site").map((site) => elementText(elementAt(site, "@id")))).toEqual(["1", "2"]);
  expect(elementsIn(PUBLICATION, "camera")).toEqual([]);
  expect(elementsIn("text", "site")).toEqual([]);
});

it("follows names, each somewhere below the one before, to the nearest", () => {
  const [first, second] = elementsIn(PUBLICATION, "site");
  expect(elementText(elementAt(second, "place", "lat"))).toBe("1");
  expect(elementAt(first, "place", "lat")).toBeUndefined();
});

it("reads an element's own text, beside attributes too", () => {
  const [first, second] = elementsIn(PUBLICATION, "site");
  expect([first, second].map((site) => elementText(elementAt(site, "name")))).toEqual(["A & B", null]);
  expect(elementText(first)).toBeNull();
});
