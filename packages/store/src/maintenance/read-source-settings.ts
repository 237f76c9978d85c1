import type { SourceSettings } from "@argus/core";

import { SettingsOfSources } from "../settings/settings-of-sources.ts";
import { SCHEMA_VERSION } from "../migrations/all.ts";
import { open, peek, placeOf } from "./place.ts";

/**
 * What somebody has set about sources, read without a store; nothing where there is no database yet, or one that an older
 * Argus wrote. @throws ArgusError ARGUS_STORE_URL_INVALID and what `CameraStore.connect` throws.
 */
export async function readSourceSettings(url: string): Promise<SourceSettings[]> {
  const place = placeOf(url);
  const { version } = await peek(place);
  if (version === null || version < SCHEMA_VERSION) return [];
  await using engine = await open(place);
  return await new SettingsOfSources(engine, Date.now).list();
}
