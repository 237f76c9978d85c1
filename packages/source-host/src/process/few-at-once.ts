/** Maps with so many calls under way at most; the results in the order of the values. */
export async function mapFew<Value, Result>(
  values: readonly Value[],
  atOnce: number,
  map: (value: Value) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const entries = values.entries();
  const work = async (): Promise<void> => {
    for (const [index, value] of entries) results[index] = await map(value);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
