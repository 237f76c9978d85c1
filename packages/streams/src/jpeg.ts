import {
  EOI,
  isFrameHeader,
  isRestart,
  isScanHeader,
  isSegment,
  LENGTH_FIELD,
  MARK,
  MARKER_LENGTH,
  SOI,
  SOS,
  STUFFED,
  TEM,
} from "./jpeg-markers.ts";

const FIRST_CAPACITY = 64 * 1024;

export type ScanLimits = {
  /** Bytes of the largest frame. */
  maxFrame: number;
  /** Bytes between two whole frames before the stream counts as no pictures at all. */
  maxJunk: number;
};

/** Why a scan ends: a frame that is too large, or too many bytes that belong to none. */
export class ScanError extends Error {
  override readonly name: string = "ScanError";
  readonly reason: "frame" | "junk";

  constructor(reason: "frame" | "junk") {
    super(reason === "frame" ? "a frame is larger than allowed" : "no frame within the bytes allowed");
    this.reason = reason;
  }
}

type State = "search" | "marker" | "entropy";

/**
 * Finds whole JPEGs (SOI to EOI) in a stream of bytes, whatever lies between them: multipart headers that lie, none at
 * all, or junk. It walks marker by marker as ITU-T T.81 annex B lays a picture out, so that an EOI inside a segment (the
 * thumbnail in EXIF) ends nothing, and a picture that breaks off is dropped where the next one starts. The result
 * depends on the bytes alone and not on how they were split. Memory is bounded by twice the largest frame and one chunk;
 * the work is linear, for no byte is read again after a picture turned out to be none.
 */
export class FrameScanner {
  readonly #limits: ScanLimits;
  #bytes: Buffer = Buffer.allocUnsafe(FIRST_CAPACITY);
  #end = 0;
  // Where the picture begins that is being walked, and how far the walk has come; it may lie past what has arrived.
  #start = 0;
  #at = 0;
  #state: State = "search";
  #frameHeaderSeen = false;
  #scanSeen = false;
  #junk = 0;

  constructor(limits: ScanLimits) {
    this.#limits = limits;
  }

  /** Bytes so far of a picture that has begun and not ended; 0 between pictures. */
  get unfinished(): number {
    return this.#state === "search" ? 0 : this.#end - this.#start;
  }

  /**
   * Takes the next bytes and yields every frame they complete, each in memory of its own.
   * @throws ScanError
   */
  *push(chunk: Uint8Array): Generator<Uint8Array, void, undefined> {
    this.#append(chunk);
    for (;;) {
      const step = this.#step();
      if (step === "wait") break;
      if (step !== "on") yield step;
    }
    this.#compact();
  }

  #step(): "wait" | "on" | Uint8Array {
    if (this.#at >= this.#end) return "wait";
    if (this.#state === "search") return this.#search();
    return this.#state === "entropy" ? this.#walkEntropy() : this.#walkMarker();
  }

  #search(): "wait" | "on" {
    const mark = this.#nextMark();
    this.#addJunk(mark - this.#at);
    this.#at = mark;
    if (mark + 1 >= this.#end) return "wait";
    if (this.#bytes[mark + 1] === SOI) this.#begin(mark);
    else this.#skipJunk(1);
    return "on";
  }

  #walkMarker(): "wait" | "on" | Uint8Array {
    if (this.#bytes[this.#at] !== MARK) return this.#drop();
    if (this.#at + 1 >= this.#end) return "wait";
    const code = this.#bytes[this.#at + 1] ?? STUFFED;
    // Any number of fill bytes may stand before a marker (B.1.1.2).
    if (code === MARK) return this.#advance(1);
    if (code === SOI) return this.#restart();
    if (code === EOI) return this.#scanSeen ? this.#finish() : this.#drop();
    if (code === TEM) return this.#advance(MARKER_LENGTH);
    if (!isSegment(code)) return this.#drop();
    return code === SOS ? this.#walkScanHeader() : this.#walkSegment(code);
  }

  #walkSegment(code: number): "wait" | "on" {
    const body = this.#at + MARKER_LENGTH + LENGTH_FIELD;
    if (body > this.#end) return "wait";
    const length = this.#bytes.readUInt16BE(body - LENGTH_FIELD);
    if (length < LENGTH_FIELD) return this.#drop();
    this.#frameHeaderSeen ||= isFrameHeader(code);
    return this.#advance(MARKER_LENGTH + length);
  }

  /** Checked closely: were a torn one believed, the rest of another picture would pass for this one's scan. */
  #walkScanHeader(): "wait" | "on" {
    const body = this.#at + MARKER_LENGTH + LENGTH_FIELD;
    if (body >= this.#end) return "wait";
    const length = this.#bytes.readUInt16BE(body - LENGTH_FIELD);
    const components = this.#bytes[body] ?? 0;
    if (!isScanHeader(length, components) || !this.#frameHeaderSeen) return this.#drop();
    this.#state = "entropy";
    this.#scanSeen = true;
    return this.#advance(MARKER_LENGTH + length);
  }

  #walkEntropy(): "wait" | "on" {
    const mark = this.#nextMark();
    this.#advance(mark - this.#at);
    if (mark + 1 >= this.#end) return "wait";
    const code = this.#bytes[mark + 1] ?? STUFFED;
    if (code === STUFFED || isRestart(code)) return this.#advance(MARKER_LENGTH);
    this.#state = "marker";
    return "on";
  }

  #begin(at: number): void {
    this.#start = at;
    this.#at = at + MARKER_LENGTH;
    this.#state = "marker";
    this.#frameHeaderSeen = false;
    this.#scanSeen = false;
  }

  /** A picture begins inside another: the former was cut short. */
  #restart(): "on" {
    this.#addJunk(this.#at - this.#start);
    this.#begin(this.#at);
    return "on";
  }

  /** What was walked is no picture. The search goes on from here, not from its beginning, or it would not be linear. */
  #drop(): "on" {
    this.#addJunk(this.#at - this.#start);
    this.#state = "search";
    return "on";
  }

  #finish(): Uint8Array {
    this.#advance(MARKER_LENGTH);
    const frame = Uint8Array.from(this.#bytes.subarray(this.#start, this.#at));
    this.#state = "search";
    this.#junk = 0;
    return frame;
  }

  #advance(bytes: number): "on" {
    this.#at += bytes;
    if (this.#at - this.#start > this.#limits.maxFrame) throw new ScanError("frame");
    return "on";
  }

  #skipJunk(bytes: number): void {
    this.#at += bytes;
    this.#addJunk(bytes);
  }

  #addJunk(bytes: number): void {
    this.#junk += bytes;
    if (this.#junk > this.#limits.maxJunk) throw new ScanError("junk");
  }

  /** Where the next 0xFF is, or the end of what has arrived. */
  #nextMark(): number {
    const offset = this.#bytes.subarray(this.#at, this.#end).indexOf(MARK);
    return offset === -1 ? this.#end : this.#at + offset;
  }

  #append(chunk: Uint8Array): void {
    const needed = this.#end + chunk.length;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#end);
      this.#bytes = larger;
    }
    this.#bytes.set(chunk, this.#end);
    this.#end = needed;
  }

  /** Moves what is still needed to the front. */
  #compact(): void {
    const keep = this.#state === "search" ? this.#at : this.#start;
    this.#bytes.copyWithin(0, keep, this.#end);
    this.#end -= keep;
    this.#at -= keep;
    this.#start = 0;
  }
}
