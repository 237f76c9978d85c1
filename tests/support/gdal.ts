import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";

const MAX_OUTPUT_BYTES = 100 * 1_048_576;
const TIMEOUT_MS = 50_000;

/** Whether GDAL's programs are installed (Debian: gdal-bin); tests that need them say visibly that they skip. */
export const haveGdal: boolean = spawnSync("ogrinfo", ["--version"]).status === 0;

/** Runs one of GDAL's programs and answers what it wrote; rejects with that when it fails. Warnings are failures. */
export async function gdal(program: "ogrinfo" | "ogr2ogr", args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(program, args, {
    // A proxy of the environment would be asked for loopback addresses too.
    env: { PATH: process.env["PATH"] ?? "", NO_PROXY: "*" },
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: TIMEOUT_MS,
  });
  if (stderr !== "") throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
  return stdout;
}
