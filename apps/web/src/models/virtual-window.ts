/** A list of rows of one height, seen through a window. Pixels throughout. */
export type Window = { scrollTop: number; height: number; rowHeight: number; count: number };

/** Rows drawn beyond each edge, so that scrolling meets them drawn. */
const OVERSCAN = 6;

/** The rows to draw: `start` up to, but not including, `end`. */
export function visibleRows({ scrollTop, height, rowHeight, count }: Window): { start: number; end: number } {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const last = Math.ceil((Math.max(0, scrollTop) + height) / rowHeight);
  const end = Math.min(count, last + OVERSCAN);
  return { start: Math.max(0, Math.min(first - OVERSCAN, end)), end };
}

/** Where to scroll so that a whole row is seen, moving as little as possible. */
export function scrollToRow(row: number, { scrollTop, height, rowHeight }: Omit<Window, "count">): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  return top + rowHeight > scrollTop + height ? Math.max(0, top + rowHeight - height) : scrollTop;
}

/** The row a key moves to, or null when the key is none of the list's; `active` is null before the first move. */
export function rowAfterKey(
  key: string,
  active: number | null,
  { height, rowHeight, count }: Omit<Window, "scrollTop">,
): number | null {
  if (count === 0) return null;
  const page = Math.max(1, Math.floor(height / rowHeight) - 1);
  const from = active ?? -1;
  const moves: Record<string, number> = {
    ArrowDown: from + 1,
    ArrowUp: from < 0 ? 0 : from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  const row = moves[key];
  return row === undefined ? null : Math.min(count - 1, Math.max(0, row));
}
