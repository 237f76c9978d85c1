/** "Args" in ASCII: Argus's own among the advisory locks of a database. */
const LOCK_CLASS = 0x41_72_67_73;

/**
 * Waits for the one place that writers of a registry share, of whatever program, until the transaction ends. Registries
 * in other schemas of the database have their own. Unlike a row's lock it leaves nothing behind that must be vacuumed.
 */
export const TAKE_WRITERS_PLACE: string = `select pg_advisory_xact_lock(${LOCK_CLASS}, hashtext(current_schema()))`;
