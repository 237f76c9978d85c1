const CHUNK_CHARS = 65_536;

/** Joins pieces of text into chunks of about 64 Ki characters: one write, one trip through the compressor each. */
export async function* inBatches(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let batch = "";
  for await (const piece of pieces) {
    batch += piece;
    if (batch.length >= CHUNK_CHARS) {
      yield batch;
      batch = "";
    }
  }
  if (batch !== "") yield batch;
}
