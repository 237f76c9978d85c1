import type { StoreEngine } from "../store-engine.ts";

/** All of a registry, gone ones too. */
export async function countCameras(engine: StoreEngine): Promise<number> {
  const { count } = await engine.read("counting the cameras", (db) =>
    db
      .selectFrom("cameras")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow(),
  );
  return count;
}
