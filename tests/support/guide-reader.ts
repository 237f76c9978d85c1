import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { applyChange, type GuideBlock } from "./guide.ts";
import { askedFor, linkModules } from "./linked-modules.ts";
import { runIn } from "./run-in.ts";

type Ended = { code: number | null; output: string };

/** The built `create-argus-source`. */
export const CREATE: string = fileURLToPath(
  new URL("../../packages/create-argus-source/dist/main.js", import.meta.url),
);

const SPACE = /\s+/gu;

export type GuideReaderOptions = {
  folder: string;
  /** Addresses of the world, and what stands for them, in files that the reader runs. */
  instead: Readonly<Record<string, string>>;
  scripts: readonly string[];
  /** Commands that cannot be run here. */
  notRun: ReadonlySet<string>;
  /** Runs `argus`. */
  argus: (args: readonly string[], folder: string) => Promise<Ended>;
};

/** `a "b c" --d # e` → its words, and the comment. */
export function wordsOf(line: string): { words: string[]; comment: string } {
  const [command = "", comment = ""] = line.split(/\s+#\s*/u, 2);
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/gu)].map(([, quoted, bare]) => quoted ?? bare ?? "");
  return { words, comment };
}

/** Somebody who follows a guide to the letter, offline. */
export class GuideReader {
  readonly #options: GuideReaderOptions;
  /** Where the reader is. */
  folder: string;
  #said = "";

  constructor(options: GuideReaderOptions) {
    this.#options = options;
    this.folder = options.folder;
  }

  /** Runs commands, writes files, and finds what the guide says is said. Throws where it is not so. */
  async follow({ language, file, text }: GuideBlock): Promise<void> {
    if (language === "sh") for (const line of text.trim().split("\n")) await this.#type(line);
    else if (language === "text") holds(this.#said.replaceAll(SPACE, " "), text.trim());
    else if (language === "json")
      holds((await this.#read("package.json")).replaceAll(SPACE, ""), text.replaceAll(SPACE, ""));
    else if (file === null) assert.fail(`this block is for nothing: ${text}`);
    else if (language === "diff") await this.#write(file, applyChange(await this.#read(file), text));
    else await this.#write(file, text);
  }

  async #type(line: string): Promise<void> {
    const { words, comment } = wordsOf(line);
    const command = words.join(" ");
    if (this.#options.notRun.has(command)) return;
    if (words[0] === "cd") this.folder = join(this.folder, words[1] ?? "");
    else if (command === "npm install") await linkModules(this.folder, await askedFor(this.folder));
    else {
      const { code, output } = await this.#run(words);
      this.#said = output;
      assert.equal(code, comment.startsWith("fails") ? 1 : 0, `${line}\n${output}`);
    }
  }

  async #run([command = "", ...args]: readonly string[]): Promise<Ended> {
    if (command === "argus") return await this.#options.argus(args, this.folder);
    if (command !== "npm" || args[0] !== "create") return await runIn(this.folder, command, args);
    const [, , ...rest] = args.filter((word) => word !== "--");
    return await runIn(this.folder, process.execPath, [CREATE, ...rest]);
  }

  async #read(file: string): Promise<string> {
    return await readFile(join(this.folder, file), "utf8");
  }

  async #write(file: string, text: string): Promise<void> {
    const { instead, scripts } = this.#options;
    const here = scripts.includes(file) ? Object.entries(instead) : [];
    const written = here.reduce((code, [there, url]) => code.replaceAll(there, url), text);
    await writeFile(join(this.folder, file), written);
  }
}

function holds(whole: string, part: string): void {
  assert.ok(whole.includes(part), `this is not in it: ${part}\n${whole}`);
}
