import { gzipSync } from "node:zlib";

const BLOCK = 512;
const MODE = "0000644\0";

/** A file of a tarball; a link when `link` says where to. */
export type TarEntry = { path: string; content?: string | Buffer; link?: string };

/** A tarball as nobody's tool would make it: every path as it is given. */
export function tarballOf(entries: readonly TarEntry[]): Buffer {
  return gzipSync(Buffer.concat([...entries.flatMap(blocksOf), Buffer.alloc(BLOCK * 2)]));
}

/** The files of a package, where npm has them. */
export function packageTarball(files: Readonly<Record<string, string | Buffer | object>>): Buffer {
  return tarballOf(
    Object.entries(files).map(([path, content]) => ({
      path: `package/${path}`,
      content: typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content),
    })),
  );
}

function blocksOf({ path, content = "", link }: TarEntry): Buffer[] {
  const body = Buffer.from(content);
  const header = Buffer.alloc(BLOCK);
  header.write(path, 0, 100);
  header.write(MODE, 100);
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  header.write(`${body.byteLength.toString(8).padStart(11, "0")}\0`, 124);
  header.write(`${"0".repeat(11)}\0`, 136);
  header.write(link === undefined ? "0" : "2", 156);
  header.write(link ?? "", 157, 100);
  header.write("ustar\x0000", 257);
  header.write(" ".repeat(8), 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return [header, body, Buffer.alloc((BLOCK - (body.byteLength % BLOCK)) % BLOCK)];
}
