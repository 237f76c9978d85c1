/** An import in a file: what it names, and on which line (from 1). */
export type Import = { specifier: string; line: number };

const BLOCK_COMMENT = /\/\*[\s\S]*?\*\//gu;
const LINE_COMMENT = /^[\t ]*\/\/.*$/gmu;
// `import … from "x"`, `export … from "x"`, `import "x"`, `import("x")`, `import.meta.resolve("x")`, `require("x")`.
const IMPORT =
  /(?:^[\t ]*(?:import|export)\b[^"'`;]*?\bfrom\s*|^[\t ]*import\s*|\bimport\s*\(\s*|\bimport\.meta\.resolve\s*\(\s*|\brequire\s*\(\s*)["']([^"'\n]+)["']/gmu;
const PROCESS_ENV = /\bprocess\s*(?:\?\.|\.|\[\s*["'])\s*env\b/gu;
const NODE_PROCESS_ENV = /\bimport\s*\{[^}]*\benv\b[^}]*\}\s*from\s*["'](?:node:)?process["']/gu;

/** Comments as blanks, so that what is left keeps its place. */
export function withoutComments(text: string): string {
  const blank = (comment: string) => comment.replaceAll(/[^\n]/gu, " ");
  return text.replaceAll(BLOCK_COMMENT, blank).replaceAll(LINE_COMMENT, blank);
}

/** Everything a TypeScript file imports, types included. A computed specifier is not seen. */
export function readImports(text: string): Import[] {
  const code = withoutComments(text);
  return [...code.matchAll(IMPORT)].map((match) => ({
    specifier: match[1] ?? "",
    line: lineAt(code, match.index + match[0].length),
  }));
}

/** The lines on which a file reads the environment. */
export function readsEnvironment(text: string): number[] {
  const code = withoutComments(text);
  return [PROCESS_ENV, NODE_PROCESS_ENV].flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => lineAt(code, match.index)),
  );
}

/** `@scope/name` or `name` of a bare specifier. */
export function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
