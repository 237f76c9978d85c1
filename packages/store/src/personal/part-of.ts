/** Cuts one row more than was asked for into the part and where the next one begins. */
export function partOf<Row extends { camera_id: string }>(
  rows: readonly Row[],
  limit: number,
): { part: Row[]; next: string | null } {
  const part = rows.slice(0, limit);
  return { part, next: rows.length > limit ? (part.at(-1)?.camera_id ?? null) : null };
}
