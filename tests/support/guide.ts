/** A fenced block of a guide: what kind it is, the file it is for when the line before names one, and its heading. */
export type GuideBlock = { language: string; file: string | null; text: string; heading: string };

const HEADING_OR_BLOCK =
  /^#{1,6} (?<heading>[^\n]+)$|(?:^`(?<file>[\w./-]+)`\n\n)?^```(?<language>\w*)\n(?<text>.*?)^```$/gmsu;

/** Every fenced block of a guide, in order. */
export function readGuide(markdown: string): GuideBlock[] {
  const blocks: GuideBlock[] = [];
  let heading = "";
  for (const { groups = {} } of markdown.matchAll(HEADING_OR_BLOCK)) {
    if (groups["heading"] !== undefined) heading = groups["heading"];
    else
      blocks.push({
        language: groups["language"] ?? "",
        file: groups["file"] ?? null,
        text: groups["text"] ?? "",
        heading,
      });
  }
  return blocks;
}

/** The text with a block of changed lines applied: what loses its sign `-` must stand there, once. */
export function applyChange(text: string, change: string): string {
  const lines = change.split("\n");
  const of = (sign: string) => lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
  const [before, after] = [of("-").join("\n"), of("+").join("\n")];
  if (text.split(before).length !== 2) throw new Error(`this is not there once: ${before}`);
  return text.replace(before, () => after);
}
