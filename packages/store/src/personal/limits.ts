export const MAX_FAVOURITES = 100_000;
export const MAX_NOTES = 100_000;
export const MAX_COLLECTIONS = 1000;
export const MAX_COLLECTION_CAMERAS = 100_000;
export const MAX_WALLS = 200;
/** Of a document that is merged, in bytes. */
export const MAX_PERSONAL_BYTES: number = 64 * 1024 * 1024;
