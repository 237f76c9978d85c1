import { registry } from "./001-registry.ts";
import { indexAndSearch } from "./002-index-and-search.ts";
import { personal } from "./003-personal.ts";
import { indexSnapshot } from "./004-index-snapshot.ts";
import { sourceSettings } from "./005-source-settings.ts";
import { duplicates } from "./006-duplicates.ts";
import { betweenServers } from "./007-between-servers.ts";
import type { Migration } from "./migration.ts";

/** Every step, oldest first. */
export const MIGRATIONS: readonly Migration[] = [
  registry,
  indexAndSearch,
  personal,
  indexSnapshot,
  sourceSettings,
  duplicates,
  betweenServers,
];

/** The schema version this program writes. */
export const SCHEMA_VERSION: number = Math.max(...MIGRATIONS.map((migration) => migration.version));
