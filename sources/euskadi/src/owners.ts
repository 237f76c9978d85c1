import type { Bbox, CameraInput } from "@argus/source-sdk";

/** West, south, east, north: the Basque Country, and what lies just over its borders. */
export const AREAS: Bbox[] = [[-3.6, 42.3, -1.6, 43.6]];

type Owner = Pick<CameraInput, "attribution" | "city">;

function owner(name: string, city: string | null = null): Owner {
  return { attribution: `${name}, Open Data Euskadi`, city };
}

/** The Basque Government, which the manifest credits. */
const GOVERNMENT = "1";
/** Whose the others are, by `sourceId`. */
const OWNERS: ReadonlyMap<string, Owner> = new Map([
  ["2", owner("Diputación Foral de Bizkaia")],
  ["3", owner("Diputación Foral de Álava")],
  ["4", owner("Diputación Foral de Gipuzkoa")],
  ["5", owner("Ayuntamiento de Bilbao", "Bilbao")],
  ["6", owner("Ayuntamiento de Vitoria-Gasteiz", "Vitoria-Gasteiz")],
  ["7", owner("Ayuntamiento de Donostia / San Sebastián", "Donostia / San Sebastián")],
]);

/** What differs for cameras of others: nothing says that the government's licence covers their pictures. */
export function creditOf(sourceId: string): Partial<CameraInput> {
  return sourceId === GOVERNMENT ? {} : { ...OWNERS.get(sourceId), licence: "unknown" };
}
