const POINT = 45;
const HALF_POINT = 22.5;

/** Clockwise from north: English, German, Dutch, Norwegian, Danish, Swedish, Finnish, Icelandic, French, Italian, Spanish, Portuguese, Chinese and Japanese. */
const EIGHT: readonly string[] = [
  "n north northern nord norden noord noorden norr norrut norður norðurs pohjoinen pohjoiseen nord norte 北",
  "ne northeast northeastern nordost nordosten nordøst noordoost noordoosten koillinen norðaustur norðausturs nordest noreste nordeste 東北 北東 东北",
  "e east eastern ost osten øst oost oosten österut itä itään austur austurs est este leste 東 东",
  "se southeast southeastern sudost sudosten sørøst sydøst sydost zuidoost zuidoosten kaakko suðaustur suðausturs sudest sureste sudeste 東南 南東 东南",
  "s south southern sud süden sør syd söder söderut zuid zuiden etelä etelään suður suðurs sur sul 南",
  "sw southwest southwestern sudwest sudwesten sørvest sydvest sydväst zuidwest zuidwesten lounas suðvestur suðvesturs sudouest sudovest suroeste sudoeste 西南 南西",
  "w west western westen vest väst västerut länsi länteen vestur vesturs ouest ovest oeste 西",
  "nw northwest northwestern nordwest nordwesten nordvest nordväst noordwest noordwesten luode norðvestur norðvesturs nordouest nordovest noroeste 西北 北西",
];
/** The points between those, from north-northeast on. */
const BETWEEN: readonly string[] = ["nne", "ene", "ese", "sse", "ssw", "wsw", "wnw", "nnw"];
const MARKS = /\p{M}/gu;

const DEGREES: ReadonlyMap<string, number> = new Map([
  ...EIGHT.flatMap((words, index) => words.split(" ").map((word): [string, number] => [plain(word), index * POINT])),
  ...BETWEEN.map((word, index): [string, number] => [word, index * POINT + HALF_POINT]),
]);

/** Degrees of a direction's name, in lower case and without marks; undefined when it is none. */
export function degreesOfWord(word: string): number | undefined {
  return DEGREES.get(word);
}

/** A text in lower case, without accents and umlauts: origins leave them out as they please. */
export function plain(text: string): string {
  return text.toLowerCase().normalize("NFD").replaceAll(MARKS, "");
}
