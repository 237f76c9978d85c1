import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { absorbSettings, SettingsOfSources } from "../settings/settings-of-sources.ts";
import type { StoreEngine } from "../store-engine.ts";
import { TestClock } from "../testing/sample.ts";

type TestEngine = Pick<StoreEngine, "read" | "write" | "stats" | "check" | "close">;

const UNSET = { enabled: null, options: {}, notice_accepted_at: null, notice_hash: null, held: null };
const HELD = { before: 40, listed: 3, at: "2026-11-21T13:00:00.000Z", confirmed_at: null };
const ODD = { key: 'a"\\ä\u0000', layers: [{ url: "x" }, null], limit: 0.1, is_on: false };

/** What is kept of what somebody sets about sources, whatever the engine; `makeEngine` opens one that is empty. */
export function describeSettings(name: string, makeEngine: () => Promise<TestEngine>): void {
  describe(`what is set about sources ${name}`, () => {
    let engine: TestEngine;
    let settings: SettingsOfSources;
    const clock = new TestClock();
    beforeEach(async () => {
      engine = await makeEngine();
      settings = new SettingsOfSources(engine, clock.read);
    });
    afterEach(() => engine.close());

    it("is nothing at first, and then what was put last", async () => {
      expect([await settings.list(), await settings.get("a")]).toEqual([[], null]);
      await settings.put("b", { ...UNSET, enabled: true });
      const accepted = { notice_accepted_at: "2026-11-21T12:00:00.000Z", notice_hash: "0f", held: HELD };
      const first = await settings.put("a", { enabled: false, options: ODD, ...accepted });
      expect(first).toMatchObject({ source_id: "a", enabled: false, options: ODD, ...accepted });
      expect(await settings.get("a")).toEqual(first);
      const second = await settings.put("a", UNSET);
      // The clock stands still, and a change is later all the same.
      expect(second.updated_at > first.updated_at).toBe(true);
      expect((await settings.list()).map(({ source_id, enabled }) => [source_id, enabled])).toEqual([
        ["a", null],
        ["b", true],
      ]);
      expect((await engine.stats()).rows).toMatchObject({ source_settings: 2 });
      expect(await engine.check()).toEqual([]);
    });

    it("is not overwritten by who has not seen the last change", async () => {
      const conflict = { code: "ARGUS_PERSONAL_CONFLICT" };
      const { updated_at } = await settings.put("a", UNSET, { unchangedSince: null });
      await expect(settings.put("a", UNSET, { unchangedSince: null })).rejects.toMatchObject(conflict);
      const next = await settings.put("a", { ...UNSET, enabled: true }, { unchangedSince: updated_at });
      await expect(settings.put("a", UNSET, { unchangedSince: updated_at })).rejects.toMatchObject(conflict);
      expect(await settings.get("a")).toEqual(next);
    });

    it("takes over what another holds, the later of two, and stays the same when that is repeated", async () => {
      const other = await makeEngine();
      try {
        const given = new SettingsOfSources(other, () => clock.read() + 1);
        await settings.put("ours", { ...UNSET, enabled: true });
        await settings.put("both", UNSET);
        const newer = await given.put("both", { ...UNSET, options: { key: "new" } });
        const theirs = await given.put("theirs", { ...UNSET, enabled: false });
        for (let time = 0; time < 2; time += 1) await absorbSettings(other, engine);
        expect(await settings.list()).toMatchObject([newer, { source_id: "ours", enabled: true }, theirs]);
        await absorbSettings(engine, other);
        expect(await given.get("both")).toEqual(newer);
      } finally {
        await other.close();
      }
    });

    it("is found damaged when its options, or what is held, cannot be read", async () => {
      await settings.put("a", UNSET);
      const damage = { options: "{", held: "}" };
      await engine.write("damaging", ({ db }) => db.updateTable("source_settings").set(damage).execute());
      expect(await engine.check()).toEqual([
        expect.stringMatching(/source a has options/u),
        expect.stringMatching(/source a has a held listing/u),
      ]);
    });
  });
}
