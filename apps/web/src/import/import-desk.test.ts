import { ImportField, type ImportPreview } from "@argus/core";
import { describe, expect, it, vi } from "vitest";

import { FIELDS, ImportDesk, MAX_FILE } from "./import-desk.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));
const previewOf = (more: Partial<ImportPreview> = {}) =>
  ({ digest: "d1", ready: 3, bad_rows: 0, rows: 3, bad: [], mapping: {}, ...more }) as ImportPreview;
const file = new File(["name,lat,lon\n"], "mine.csv");

function harness() {
  const api = {
    previewImport: vi.fn(async (_file: Blob | string, _options?: unknown) => previewOf()),
    importCameras: vi.fn(async (_file: Blob | string, _options: unknown) => ({
      new: 3,
      changed: 0,
      unchanged: 0,
      skipped: 0,
    })),
  };
  const stored = vi.fn();
  return { api, stored, desk: new ImportDesk(api, stored) };
}

it("knows every field that a column can be read as", () => {
  expect([...FIELDS].toSorted()).toEqual([...ImportField.options].toSorted());
});

describe("a file", () => {
  it("is read at once, and stored only when it is agreed to, as it was previewed", async () => {
    const { api, desk, stored } = harness();
    expect(desk.step.value).toBe("choose");
    desk.choose(file);
    expect(desk.step.value).toBe("reading");
    await settled();
    expect(desk.step.value).toBe("agree");
    expect(api.importCameras).not.toHaveBeenCalled();
    desk.agree();
    desk.agree();
    await settled();
    expect(desk.step.value).toBe("done");
    expect(api.importCameras).toHaveBeenCalledTimes(1);
    expect(api.importCameras.mock.calls[0]?.[1]).toMatchObject({ digest: "d1", skipBad: false });
    expect(stored).toHaveBeenCalledTimes(1);
  });

  it("is read again as the user says, and stored with the same", async () => {
    const { api, desk } = harness();
    desk.choose(file);
    await settled();
    desk.map("name", "Title");
    desk.map("city", "Title");
    desk.say({ sourceId: " own-harbour " });
    api.previewImport.mockResolvedValue(previewOf({ digest: "d2", bad_rows: 1 }));
    desk.say({ attribution: "Me" });
    await settled();
    expect(api.previewImport.mock.lastCall?.[1]).toMatchObject({
      source_id: "own-harbour",
      attribution: "Me",
      columns: { city: "Title" },
    });
    desk.agree();
    await settled();
    expect(api.importCameras.mock.calls[0]?.[1]).toMatchObject({
      digest: "d2",
      skipBad: true,
      source_id: "own-harbour",
      columns: { city: "Title" },
    });
  });

  it("stays in sight while it is read anew, but is not stored as it was before", async () => {
    const { api, desk } = harness();
    desk.choose(file);
    await settled();
    api.previewImport.mockRejectedValueOnce(new Error("the source must begin with own"));
    desk.say({ sourceId: "theirs" });
    expect(desk.step.value).toBe("agree");
    desk.agree();
    await settled();
    expect(desk.problem.value?.message).toBe("The source must begin with own.");
    desk.agree();
    expect(api.importCameras).not.toHaveBeenCalled();
    desk.say({ sourceId: "own-pier" });
    await settled();
    desk.agree();
    expect(api.importCameras).toHaveBeenCalledTimes(1);
  });

  it("is not sent when it is too large, and the mend is told", () => {
    const { api, desk } = harness();
    desk.choose(Object.defineProperty(new File([], "huge.csv"), "size", { value: MAX_FILE + 1 }));
    expect(desk.problem.value?.message).toContain("33 MB");
    expect(desk.step.value).toBe("choose");
    expect(api.previewImport).not.toHaveBeenCalled();
  });
});

describe("when something fails", () => {
  it("the reason is told, nothing counts as stored, and it can be tried again", async () => {
    const { api, desk, stored } = harness();
    desk.choose(file);
    await settled();
    api.importCameras.mockRejectedValueOnce(new Error("the disk is full"));
    desk.agree();
    await settled();
    expect(desk.step.value).toBe("agree");
    expect(desk.problem.value?.message).toBe("The disk is full.");
    expect(stored).not.toHaveBeenCalled();
    desk.agree();
    await settled();
    expect(desk.step.value).toBe("done");
  });

  it("a file that cannot be read leads back to choosing, and a cancelled one too", async () => {
    const { api, desk } = harness();
    api.previewImport.mockRejectedValueOnce(new Error("it is a picture"));
    desk.choose(file);
    await settled();
    expect(desk.step.value).toBe("choose");
    desk.choose(file);
    desk.cancel();
    await settled();
    expect(desk.step.value).toBe("choose");
    expect(desk.preview.value).toBeNull();
  });
});
