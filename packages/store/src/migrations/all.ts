import { registry } from "./001-registry.ts";
import type { Migration } from "./migration.ts";

/** Every step, oldest first. */
export const MIGRATIONS: readonly Migration[] = [registry];

/** The schema version this program writes. */
export const SCHEMA_VERSION: number = Math.max(...MIGRATIONS.map((migration) => migration.version));
