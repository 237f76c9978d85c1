const DEGREES: ReadonlyMap<string, number> = new Map(
  [
    ["n", "north"],
    ["ne", "northeast"],
    ["e", "east"],
    ["se", "southeast"],
    ["s", "south"],
    ["sw", "southwest"],
    ["w", "west"],
    ["nw", "northwest"],
  ].flatMap((words, index) => words.map((word): [string, number] => [word, index * 45])),
);

/**
 * Degrees clockwise from north for a direction word: `N`, `NB`, `Westbound`, `south-east`.
 * Null when it is none, or both ways of a road (`NS`, `Both Directions`).
 */
export function headingOf(word: string | null | undefined): number | null {
  const letters = (word ?? "").toLowerCase().replaceAll(/[\s.-]+/gu, "");
  return DEGREES.get(letters) ?? DEGREES.get(letters.replace(/(?:bound|b)$/u, "")) ?? null;
}
