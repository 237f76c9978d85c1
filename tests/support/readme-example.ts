import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../..", import.meta.url));
const EXAMPLE = /^```ts\n(?<code>.*?)^```$/msu;
const PATIENCE_MS = 30_000;

export type ExampleSurroundings = {
  /** The folder it runs in. */
  folder: string;
  /** Code before it: what its text says the reader has already. */
  before?: string;
  /** Addresses of the world, and what stands for them here. */
  instead?: Readonly<Record<string, string>>;
};

/** Runs the first TypeScript example of a README in a process of its own, against the built packages; answers what it prints. */
export async function runReadmeExample(
  readme: string,
  { folder, before = "", instead = {} }: ExampleSurroundings,
): Promise<string> {
  const text = await readFile(join(root, readme), "utf8");
  let code = EXAMPLE.exec(text)?.groups?.["code"];
  if (code === undefined) throw new Error(`${readme} has no example`);
  for (const [named, here] of Object.entries(instead)) {
    if (!code.includes(named)) throw new Error(`the example of ${readme} does not name ${named}`);
    code = code.replaceAll(named, here);
  }
  const file = join(folder, "example.ts");
  await writeFile(file, `${before}\n${code}`);
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folder, timeout: PATIENCE_MS });
  return stdout;
}
