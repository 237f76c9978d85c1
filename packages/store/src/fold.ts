import { Memo } from "./memo.ts";

// ASCII and Han characters: there is nothing to take apart, and only A to Z have another case.
const PLAIN = /^[ -~\u4e00-\u9fff]*$/u;
const MARKS = /\p{M}+/gu;
const CONTROLS = /\p{Cc}+/gu;
// Letters that Unicode does not take apart, written as people type them.
const TYPED: Readonly<Record<string, string>> = { ø: "o", ł: "l", đ: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i", ς: "σ" };
const TYPED_LETTERS = /[øłđßæœıς]/gu;

/** The same words come in thousands of names. */
const remembered = new Memo(foldWord);

/** A text as it is searched and sorted: NFKD, without diacritics and control characters, in lower case. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  // None of the steps looks past a space.
  let folded = "";
  let from = 0;
  for (let space = text.indexOf(" "); space !== -1; space = text.indexOf(" ", from)) {
    folded += `${remembered.get(text.slice(from, space))} `;
    from = space + 1;
  }
  return folded + remembered.get(text.slice(from));
}

function foldWord(word: string): string {
  if (PLAIN.test(word)) return word.toLowerCase();
  return word
    .normalize("NFKD")
    .replace(MARKS, "")
    .replace(CONTROLS, " ")
    .toLowerCase()
    .replace(TYPED_LETTERS, (letter) => TYPED[letter] ?? letter);
}
