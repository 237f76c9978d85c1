import type { SourceConfirmed, SourceDetails, SourceInfo } from "@argus/core";
import { signal } from "@preact/signals";
import { describe, expect, it, vi } from "vitest";

import { SourceDesk } from "./source-desk.ts";
import { makeDetails, makeInfo } from "./testing.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

function harness(details: Partial<SourceDetails> = {}) {
  const sources = signal<readonly SourceInfo[] | null>([makeInfo(), makeInfo({ id: "other", name: "Other" })]);
  const api = {
    source: vi.fn(async (id: string) => makeDetails({ ...details, id })),
    changeSource: vi.fn(async (id: string, change: object) => makeDetails({ ...details, id, ...change })),
    resetSource: vi.fn(async (id: string) => makeDetails({ id })),
    confirmSource: vi.fn(async (): Promise<SourceConfirmed> => ({ gone: 7, scrape: null })),
  };
  const messages = { fail: vi.fn() };
  const [refresh, reload] = [vi.fn(), vi.fn()];
  const scrape = { start: vi.fn(async () => true) };
  const nameOf = (id: string) => sources.value?.find((source) => source.id === id)?.name ?? id;
  const registry = { sources, refresh, nameOf };
  const desk = new SourceDesk({ api, registry, scrape, messages, reload });
  return { desk, api, sources, messages, refresh, reload, scrape };
}

async function opened(details: Partial<SourceDetails> = {}) {
  const parts = harness(details);
  parts.desk.open("demo");
  await settled();
  return parts;
}

describe("a source that is open", () => {
  it("is read anew when the sources are, and keeps what was written", async () => {
    const { desk, api, sources } = await opened();
    desk.write("demo", "pages", "5");
    sources.value = [makeInfo({ state: "failed" })];
    await settled();
    expect(api.source).toHaveBeenCalledTimes(2);
    expect(desk.unsaved.of("demo")).toEqual({ pages: "5" });
    desk.close();
    sources.value = [];
    expect(api.source).toHaveBeenCalledTimes(2);
    expect(desk.takeClosed()).toBe("demo");
    expect(desk.takeClosed()).toBeNull();
    desk.open("demo");
    expect(desk.unsaved.of("demo")).toEqual({ pages: "5" });
    desk.dispose();
  });

  it("says why it could not be read, and can be read again", async () => {
    const { desk, api } = harness();
    api.source.mockRejectedValueOnce(new Error("no such source"));
    desk.open("demo");
    await settled();
    expect(desk.unread.value?.message).toBe("No such source.");
    desk.load();
    await settled();
    expect([desk.unread.value, desk.details.value?.id]).toEqual([null, "demo"]);
    desk.dispose();
  });

  it("is switched on at once, and says why it was not", async () => {
    const { desk, api, refresh } = await opened();
    expect(await desk.setEnabled(true)).toBe(true);
    expect(api.changeSource.mock.calls[0]?.slice(0, 2)).toEqual(["demo", { enabled: true }]);
    expect(desk.details.value?.enabled).toBe(true);
    expect(refresh).toHaveBeenCalled();
    api.changeSource.mockRejectedValueOnce(new Error("accept its notice first"));
    expect(await desk.setNotice(true)).toBe(false);
    expect(desk.problem.value).toMatchObject({ action: "notice", problem: { message: "Accept its notice first." } });
    desk.dispose();
  });

  it("tells of a change that failed after it was left", async () => {
    const { desk, api, messages } = await opened();
    const answer = Promise.withResolvers<SourceDetails>();
    api.changeSource.mockReturnValueOnce(answer.promise);
    const change = desk.setEnabled(true);
    desk.close();
    answer.reject(new Error("gone"));
    await change;
    expect(desk.problem.value).toBeNull();
    expect(messages.fail).toHaveBeenCalledWith("Demo cameras was not changed.", expect.any(Error));
    desk.dispose();
  });
});

describe("the options", () => {
  it("are saved as far as they were changed; what is written meanwhile stays unsaved", async () => {
    const { desk, api } = await opened();
    desk.write("demo", "pages", "5");
    desk.write("demo", "base_url", "");
    const answer = Promise.withResolvers<SourceDetails>();
    api.changeSource.mockReturnValueOnce(answer.promise);
    const saving = desk.saveOptions();
    desk.write("demo", "base_url", "https://b.example");
    answer.resolve(makeDetails({ options: { ...makeDetails().options, values: { pages: 5 } } }));
    expect(await saving).toBe(true);
    expect(api.changeSource.mock.calls[0]?.[1]).toEqual({ options: { pages: 5 } });
    expect(desk.unsaved.of("demo")).toEqual({ base_url: "https://b.example" });
    desk.dispose();
  });

  it("are not sent while one cannot be, and stay written with the reason when the server refuses", async () => {
    const { desk, api } = await opened();
    desk.write("demo", "pages", "50");
    expect(await desk.saveOptions()).toBe(false);
    expect(api.changeSource).not.toHaveBeenCalled();
    desk.write("demo", "pages", "5");
    api.changeSource.mockRejectedValueOnce(
      Object.assign(new Error("no"), { details: [{ path: "pages", message: "is odd" }] }),
    );
    expect(await desk.saveOptions()).toBe(false);
    expect(desk.refusal.value?.byOption).toEqual({ pages: "is odd" });
    expect(desk.unsaved.of("demo")).toEqual({ pages: "5" });
    desk.write("demo", "pages", "6");
    expect(desk.refusal.value?.byOption).toEqual({});
    desk.discard("demo");
    expect(desk.unsaved.bySource.value.size).toBe(0);
    desk.dispose();
  });
});

describe("what can be done about a source", () => {
  it("that is held: its missing cameras are gone, or it is left to the next run", async () => {
    const { desk, reload, api } = await opened({ held: { before: 50, listed: 3 } });
    const details = desk.details.value!;
    expect(desk.isLeft(details)).toBe(false);
    desk.leave(details);
    expect(desk.isLeft(details)).toBe(true);
    expect(desk.isLeft({ ...details, held: { before: 50, listed: 4 } })).toBe(false);
    await desk.confirm();
    expect(desk.told.value).toBe("7 cameras marked gone");
    api.confirmSource.mockResolvedValueOnce({ gone: null, scrape: null });
    await desk.confirm();
    expect(desk.told.value).toBe("What its next complete scrape does not list is marked gone");
    expect(reload).toHaveBeenCalled();
    expect(api.source).toHaveBeenCalledTimes(3);
    desk.dispose();
  });

  it("that is paused: its failures are forgotten and it is scraped", async () => {
    const { desk, api, scrape } = await opened();
    await desk.retry();
    expect(api.resetSource.mock.calls[0]?.[0]).toBe("demo");
    expect(scrape.start).toHaveBeenCalledWith(["demo"]);
    desk.dispose();
  });

  it("that was chosen: it is kept up to date unless it is already, and told when it cannot be", async () => {
    const { desk, api, sources, messages, refresh } = harness();
    sources.value = [makeInfo(), makeInfo({ id: "on", enabled: true }), makeInfo({ id: "other", name: "Other" })];
    api.changeSource.mockRejectedValueOnce(new Error("no"));
    await desk.keepFresh(["demo", "on", "other"]);
    expect(api.changeSource.mock.calls.map(([id]) => id)).toEqual(["demo", "other"]);
    expect(messages.fail).toHaveBeenCalledWith("Not kept up to date: Demo cameras.", expect.any(Error));
    expect(refresh).toHaveBeenCalledTimes(1);
    desk.dispose();
  });
});
