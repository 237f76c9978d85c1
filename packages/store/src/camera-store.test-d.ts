import type { Camera, CameraFilter, Facets } from "@argus/core";
import { expectTypeOf } from "vitest";

import { CameraStore, openStore } from "./index.ts";

const store = new CameraStore();

expectTypeOf(openStore).parameter(0).toExtend<{ url: string }>();
expectTypeOf(openStore({ url: "a.db" })).resolves.toEqualTypeOf<CameraStore>();
expectTypeOf(store.engine).toEqualTypeOf<"memory" | "sqlite" | "postgres">();
expectTypeOf(store.get("a:1")).resolves.toEqualTypeOf<Camera | null>();
expectTypeOf(store.page).parameter(0).toExtend<CameraFilter>();
expectTypeOf(store.page({})).resolves.toEqualTypeOf<{ cameras: Camera[]; total: number; next_cursor: string | null }>();
expectTypeOf(store.each({})).toExtend<AsyncIterable<Camera>>();
expectTypeOf(store.facets({})).resolves.toEqualTypeOf<Facets>();
expectTypeOf(store.upsert([])).resolves.toEqualTypeOf<{ new: number; changed: number; unchanged: number }>();
expectTypeOf(store.tile({ z: 0, x: 0, y: 0 }, {})).resolves.toEqualTypeOf<Uint8Array>();
expectTypeOf(store).toExtend<AsyncDisposable>();

// @ts-expect-error openStore needs to know where
void openStore({});
// @ts-expect-error a filter that does not exist would select everything
void store.page({ contry: ["GB"] });
// @ts-expect-error what health checks find is not told by a source
void store.annotate([{ id: "a:1", name: "x" }]);
// @ts-expect-error only two kinds of index
void new CameraStore({ index: "disk" });
