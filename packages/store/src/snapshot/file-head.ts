import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";

import { IsoTime } from "@argus/core";
import { z } from "zod";

import { SnapshotUnusable } from "./snapshot-unusable.ts";

/*
 * A file is a head of HEAD_BYTES, the sections one after the other, and a header in JSON that tells which they are. The
 * head is written last: before that there is none, and whatever was written is no snapshot.
 *
 * Head, little-endian but for the byte order: 8 bytes of magic, the format's number, the byte order of the sections as
 * ORDER in it, the header's length and its CRC-32, the CRC-32 of the head up to there.
 */
const MAGIC = "ArgusIdx";
/** To be raised with every change of what the index holds, or of how: older files are then passed over. */
const FORMAT = 2;
const ORDER = 0x0102_0304;
const AT = { format: 8, order: 12, length: 16, crc: 20, own: 24 } as const;
export const HEAD_BYTES: number = 28;
const MAX_HEADER_BYTES = 1_048_576;
const MAX_32_BITS = 0xffff_ffff;

export type Section = { name: string; bytes: number; crc: number };

export type Header = {
  /** Version of the database's schema. */
  schema: number;
  /** What the database must hold for this to be a snapshot of it. */
  token: string;
  /** The change sequence up to which the index has followed the database. */
  change_seq: number;
  greatest_pk: number;
  /** When each source was last listed completely. */
  completed: [source_id: string, at: IsoTime][];
  /** How many there are, gone ones included. */
  cameras: number;
  numbers: Record<string, number>;
  sections: Section[];
};

const natural = z.int().nonnegative();
const HeaderOfFile: z.ZodType<Header> = z.object({
  schema: natural,
  token: z.string().min(1),
  change_seq: natural,
  greatest_pk: natural,
  completed: z.array(z.tuple([z.string(), IsoTime])),
  cameras: natural,
  numbers: z.record(z.string(), z.number()),
  sections: z.array(z.object({ name: z.string(), bytes: natural, crc: natural.max(MAX_32_BITS) })),
});

/** Writes the header behind what there is, which ends at `at`, and then the head. */
export async function writeHead(file: FileHandle, header: Header, at: number): Promise<void> {
  const text = Buffer.from(JSON.stringify(header), "utf8");
  await writeWhole(file, text, at);
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(MAGIC, "latin1");
  head.writeUInt32LE(FORMAT, AT.format);
  head.set(new Uint8Array(Uint32Array.of(ORDER).buffer), AT.order);
  head.writeUInt32LE(text.length, AT.length);
  head.writeUInt32LE(crc32(text), AT.crc);
  head.writeUInt32LE(crc32(head.subarray(0, AT.own)), AT.own);
  await file.datasync();
  await writeWhole(file, head, 0);
}

/** @throws SnapshotUnusable when the file is none, is damaged, or of another format. */
export async function readHeader(file: FileHandle, size: number): Promise<Header> {
  const head = await readWhole(file, 0, HEAD_BYTES, size);
  if (head.toString("latin1", 0, MAGIC.length) !== MAGIC) throw new SnapshotUnusable("it is no snapshot");
  if (head.readUInt32LE(AT.own) !== crc32(head.subarray(0, AT.own))) throw new SnapshotUnusable("its head is damaged");
  const format = head.readUInt32LE(AT.format);
  if (format !== FORMAT) throw new SnapshotUnusable(`it has format ${format} instead of ${FORMAT}`);
  if (new Uint32Array(Uint8Array.from(head.subarray(AT.order, AT.length)).buffer)[0] !== ORDER)
    throw new SnapshotUnusable("it was written by a machine of another byte order");
  return readText(file, head, size);
}

async function readText(file: FileHandle, head: Buffer, size: number): Promise<Header> {
  const length = head.readUInt32LE(AT.length);
  if (length > MAX_HEADER_BYTES || length > size - HEAD_BYTES) throw new SnapshotUnusable("it was cut short");
  const text = await readWhole(file, size - length, length, size);
  // Also where the file was cut short: its end is then not the header's.
  if (crc32(text) !== head.readUInt32LE(AT.crc)) throw new SnapshotUnusable("its header is damaged");
  const { data: header } = HeaderOfFile.safeParse(JSON.parse(text.toString("utf8")));
  if (header === undefined) throw new SnapshotUnusable("its header is not as it should be");
  const bytes = header.sections.reduce((sum, section) => sum + section.bytes, 0);
  if (bytes !== size - HEAD_BYTES - length) throw new SnapshotUnusable("its sections are not as long as it says");
  return header;
}

async function readWhole(file: FileHandle, at: number, length: number, size: number): Promise<Buffer> {
  if (at + length > size) throw new SnapshotUnusable("it was cut short");
  const bytes = Buffer.alloc(length);
  await readInto(file, bytes, at);
  return bytes;
}

/** Fills `bytes`. @throws SnapshotUnusable when the file ends before. */
export async function readInto(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, at + done);
    if (bytesRead === 0) throw new SnapshotUnusable("it was cut short");
    done += bytesRead;
  }
}

async function writeWhole(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;)
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}
