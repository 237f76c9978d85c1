import { setTimeout as sleep } from "node:timers/promises";

import {
  type Camera,
  CameraAnnotation,
  type CameraFilter,
  type IsoTime,
  type ListedCamera,
  type Log,
  parseOrThrow,
  type Scrape,
} from "@argus/core";
import type { Kysely } from "kysely";

import type { ChangePlace } from "../duplicates/look.ts";
import { recordsOfGroup } from "../duplicates/records-of-group.ts";
import { type NewLinks, readLinkedPlace, writeLinks } from "../duplicates/write-links.ts";
import { outrun } from "../errors.ts";
import type { CameraIndex } from "../index/camera-index.ts";
import { absorbPersonal } from "../personal/absorb-personal.ts";
import { absorbSettings } from "../settings/settings-of-sources.ts";
import type { IndexSnapshot } from "../snapshot/index-snapshot.ts";
import type { StoreEngine } from "../store-engine.ts";
import type { Tables } from "../tables.ts";
import { mergeChanges } from "./absorb.ts";
import type { CameraQueries } from "./camera-queries.ts";
import { type Change, goneChanges, hasRows, retireChanges, upsertChanges } from "./change.ts";
import { readCompleted } from "./completed.ts";
import { ChangeWriter, claimSequence, writeCompleted } from "./commit.ts";
import { IndexMirror } from "./index-mirror.ts";
import type { IndexKeeper, Mirror } from "./mirror.ts";
import { Narrowing } from "./narrowing.ts";
import { PlainMirror } from "./plain-mirror.ts";
import { type CameraRecord, recordsById, recordsSince } from "./records.ts";
import { MAX_SCRAPES, ScrapeHistory } from "./scrape-history.ts";

/** How many distinct cameras of a batch were of which kind; a camera that returns from gone counts as changed. */
export type UpsertCounts = { new: number; changed: number; unchanged: number };

/** How often a write starts over because another program's came first. */
const MAX_RACES = 10;
/** The most that is waited before the second try, in milliseconds; before each later one twice as long. */
const RACE_WAIT_MS = 2;

const ANNOTATED_KEYS = (Object.keys(CameraAnnotation.shape) as (keyof CameraAnnotation)[]).filter(
  (key) => key !== "id",
);

/**
 * The cameras and the scrapes of one open database, and what memory holds of them. What writes, and `catchUp`, must be
 * called one after the other.
 */
export class Registry {
  readonly engine: StoreEngine;
  readonly #index: "memory" | "none";
  readonly #mirror: Mirror;
  readonly #narrowing: Narrowing;
  readonly #scrapes: ScrapeHistory;
  #isBehind = true;
  #isWriting = false;

  constructor(engine: StoreEngine, index: "memory" | "none", snapshot: IndexSnapshot | null = null) {
    this.engine = engine;
    this.#index = index;
    this.#mirror = index === "memory" ? new IndexMirror(engine, snapshot) : new PlainMirror(engine);
    this.#narrowing = new Narrowing(engine);
    this.#scrapes = new ScrapeHistory(engine);
  }

  get sequence(): number {
    return this.#mirror.followed;
  }

  /** Keeps the index for the next start; null where nothing can be kept. */
  get keeper(): IndexKeeper | null {
    return this.#mirror.keeper;
  }

  /** Makes searches for common words fast; takes seconds for a million cameras. */
  async prepareSearch(care: { stop: AbortSignal; log: Log }): Promise<void> {
    // Who keeps no index asks seldom.
    if (this.#index === "memory") await this.#narrowing.text.prepare(this.sequence, care);
  }

  get size(): number {
    return this.#mirror.size;
  }

  countBySource(): Map<string, number> {
    return this.#mirror.countBySource();
  }

  /** True when the database may hold what memory has not seen. */
  get isBehind(): boolean {
    // While this registry writes, what it commits itself would be taken for another's, and readers would wait for it.
    if (!this.#isWriting) this.#isBehind = this.engine.changedElsewhere() || this.#isBehind;
    return this.#isBehind;
  }

  /** Brings memory up to the database: all of it at first, later what has been written since. */
  async catchUp(): Promise<void> {
    if (!this.isBehind) return;
    // Cleared first: what is committed while this reads is noticed as new.
    this.#isBehind = false;
    try {
      await this.#mirror.follow();
    } catch (error) {
      this.#isBehind = true;
      throw error;
    }
  }

  async upsert(cameras: readonly ListedCamera[], at: IsoTime): Promise<UpsertCounts> {
    const plan = () => upsertChanges(this.#mirror.knowledge, cameras, at);
    const changes = await this.#commit(plan, `storing ${cameras.length} cameras`);
    const sum = (key: "added" | "changed" | "seen"): number => changes.reduce((n, change) => n + change[key].length, 0);
    return { new: sum("added"), changed: sum("changed"), unchanged: sum("seen") };
  }

  async markGone(sourceId: string, listed: ReadonlySet<string>, at: IsoTime): Promise<number> {
    const plan = () => goneChanges(this.#mirror.knowledge, sourceId, listed, at);
    return countGone(await this.#commit(plan, `marking cameras of ${sourceId} gone`));
  }

  async retire(ids: readonly string[], at: IsoTime): Promise<number> {
    const plan = () => retireChanges(this.#mirror.knowledge, ids, at);
    return countGone(await this.#commit(plan, `taking ${ids.length} cameras out`));
  }

  /** Takes over what another registry holds. May be repeated when it fails in the middle. */
  async absorb(other: Registry, at: IsoTime): Promise<void> {
    const cameras = await other.everyCamera();
    if (cameras.length > 0)
      await this.#commit(() => mergeChanges(this.#mirror.knowledge, cameras, at), "storing what was in memory");
    // What memory knows too has its own word on being gone.
    const listed = new Set(cameras.map(({ id }) => id));
    for (const [sourceId, completeAt] of await other.completed()) await this.markGone(sourceId, listed, completeAt);
    await this.annotate(cameras.map(annotationOf));
    for (const scrape of (await other.scrapes(MAX_SCRAPES)).toReversed()) await this.saveScrape(scrape, at);
    await absorbPersonal(other.engine, this.engine, () => Date.parse(at));
    await absorbSettings(other.engine, this.engine);
  }

  async everyCamera(): Promise<Camera[]> {
    const { queries } = await this.queriesFor({ gone: "any" });
    const cameras: Camera[] = [];
    for await (const camera of queries.each({ gone: "any" }, null, () => {})) cameras.push(camera);
    return cameras;
  }

  /** When each source was last listed completely. */
  async completed(): Promise<Map<string, IsoTime>> {
    return this.engine.read("reading when sources were listed", readCompleted);
  }

  /** @throws ArgusError ARGUS_STORE_ANNOTATION_INVALID. */
  async annotate(annotations: readonly CameraAnnotation[]): Promise<number> {
    const parsed = annotations.map((annotation) =>
      parseOrThrow(CameraAnnotation, annotation, "the annotation", "ARGUS_STORE_ANNOTATION_INVALID"),
    );
    const doing = `storing what was found out about ${parsed.length} cameras`;
    return this.#race(doing, async () => {
      const known = await this.#mirror.knowledge.find(parsed.map(({ id }) => id));
      const rows = parsed.flatMap(({ id: _id, ...fields }, n) => {
        const pk = known[n]?.pk;
        return pk === undefined || Object.keys(fields).length === 0 ? [] : [{ pk, fields }];
      });
      if (rows.length === 0) return 0;
      const isWritten = await this.#rewrite(doing, async (db, change_seq) => {
        for (const { pk, fields } of rows)
          await db
            .updateTable("cameras")
            .set({ ...fields, change_seq })
            .where("pk", "=", pk)
            .execute();
      });
      return isWritten ? rows.length : null;
    });
  }

  /** How far cameras have been compared with those of other sources. */
  async readLinkedPlace(): Promise<ChangePlace> {
    return this.engine.read("reading how far cameras are compared", readLinkedPlace);
  }

  async wholeIndex(): Promise<CameraIndex> {
    return this.#mirror.wholeIndex();
  }

  /** Stores which camera stands for which. */
  async writeLinks(found: NewLinks): Promise<void> {
    const doing = `storing ${found.links.length} links between cameras`;
    const write = (db: Kysely<Tables>, change_seq: number): Promise<void> =>
      writeLinks(db, this.engine.kind, found, change_seq);
    // Without links nothing changes that anybody else would have to hear of.
    if (found.links.length === 0) return this.engine.write(doing, ({ db }) => write(db, this.#mirror.followed));
    await this.#race(doing, async () => (await this.#rewrite(doing, write)) || null);
  }

  /** A camera and those that show the same view, the one that stands for them first; none when nobody knows it. */
  async groupOf(id: string): Promise<Camera[]> {
    const records = await recordsOfGroup(this.engine, id);
    return records.map(({ camera }) => this.#mirror.correct(camera));
  }

  /**
   * Writes to rows under the next change sequence; false when another writer came first. Memory takes in what is then in
   * the database, the same way as another program's changes.
   */
  async #rewrite(doing: string, write: (db: Kysely<Tables>, change_seq: number) => Promise<void>): Promise<boolean> {
    const followed = this.#mirror.followed;
    const isWritten = await this.engine.write(doing, async ({ db }) => {
      if (!(await claimSequence(db, followed))) return false;
      await write(db, followed + 1);
      return true;
    });
    this.#isBehind = true;
    if (isWritten) await this.catchUp();
    return isWritten;
  }

  /** Writes what a plan yields as one transaction, and answers with it. */
  async #commit(plan: () => AsyncIterable<Change>, doing: string): Promise<readonly Change[]> {
    return this.#race(doing, async () => {
      const changes: Change[] = [];
      return (await this.#apply(plan()[Symbol.asyncIterator](), changes, doing)) ? changes : null;
    });
  }

  /** Tries until no other writer comes first; `attempt` answers null when one did. */
  async #race<Result>(doing: string, attempt: () => Promise<Result | null>): Promise<Result> {
    for (let race = 0; race < MAX_RACES; race += 1) {
      // By chance, so that of two writers who meet again and again one gets ahead.
      if (race > 0) await sleep(Math.random() * RACE_WAIT_MS * 2 ** (race - 1));
      await this.catchUp();
      this.#isWriting = true;
      const result = await attempt().finally(() => (this.#isWriting = false));
      if (result !== null) return result;
      this.#isBehind = true;
    }
    throw outrun(doing);
  }

  /** The database first: when it fails, memory is as it was. `changes` takes in what there is. */
  async #apply(plan: AsyncIterator<Change>, changes: Change[], doing: string): Promise<boolean> {
    const known = this.#mirror.followed;
    // Most of what scrapes tell is known, and needs no transaction.
    const first = await nextToWrite(plan, changes);
    const writes = first !== null || changes.some(({ completed }) => completed.size > 0);
    if (writes && !(await this.#write(doing, first, { plan, changes }))) return false;
    const change_seq = first === null ? known : known + 1;
    await this.#mirror.applied(changes, change_seq);
    return true;
  }

  async #write(
    doing: string,
    first: Change | null,
    { plan, changes }: { plan: AsyncIterator<Change>; changes: Change[] },
  ): Promise<boolean> {
    const known = this.#mirror.followed;
    try {
      return await this.engine.write(doing, async (transaction) => {
        // Claiming the sequence comes first: it fails if what is known is old.
        if (first !== null && !(await claimSequence(transaction.db, known))) return false;
        const writer = new ChangeWriter(transaction, known + 1);
        for (let next = first; next !== null; next = await nextToWrite(plan, changes)) await writer.take(next);
        await writer.end();
        for (const { completed } of changes) await writeCompleted(transaction.db, completed);
        return true;
      });
    } catch (error) {
      // A commit whose answer was lost may have happened.
      this.#isBehind = true;
      throw error;
    }
  }

  async get(id: string): Promise<Camera | null> {
    const [record] = await recordsById(this.engine, [id]);
    return record === undefined ? null : this.#mirror.correct(record.camera);
  }

  async findByUrl(url: string): Promise<Camera | null> {
    return this.#mirror.findByUrl(url);
  }

  /** What answers questions about the cameras of a filter, and what only the database could narrow it by. */
  async queriesFor(filter: CameraFilter): Promise<{ queries: CameraQueries; pks: Uint32Array | null }> {
    const pks = await this.#narrowing.pksOf(filter, this.sequence);
    return { queries: await this.#mirror.queriesFor(filter, pks), pks };
  }

  async recordsSince(end: { change_seq: number; pk: number }, limit: number): Promise<CameraRecord[]> {
    const records = await recordsSince(this.engine, end, limit);
    return records.map((record) => ({ ...record, camera: this.#mirror.correct(record.camera) }));
  }

  async saveScrape(scrape: Scrape, at: IsoTime): Promise<void> {
    await this.#scrapes.save(scrape, at);
  }

  async savedAt(scrapeId: string): Promise<IsoTime | null> {
    return this.#scrapes.savedAt(scrapeId);
  }

  async scrapes(limit: number): Promise<Scrape[]> {
    return this.#scrapes.list(limit);
  }
}

/** The next change of a plan that has rows to write; all that come before and it are put down in `changes`. */
async function nextToWrite(plan: AsyncIterator<Change>, changes: Change[]): Promise<Change | null> {
  for (;;) {
    const next = await plan.next();
    if (next.done === true) return null;
    changes.push(next.value);
    if (hasRows(next.value)) return next.value;
  }
}

function countGone(changes: readonly Change[]): number {
  return changes.reduce((sum, { gone }) => sum + gone.length, 0);
}

/** What health checks and AI put on a camera, without what is not there. */
function annotationOf(camera: Camera): CameraAnnotation {
  const entries = ANNOTATED_KEYS.filter((key) => camera[key] !== null && camera[key] !== "unknown");
  return { id: camera.id, ...Object.fromEntries(entries.map((key) => [key, camera[key]])) };
}
