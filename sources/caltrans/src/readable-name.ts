import { plainText } from "@argus/source-sdk";

/** Inventory numbers, as each district writes them: `TV117 -- `, `TVB09 -- `, `126 - `, `(C296)`, `(C 056)`, `(196)`, `(CXXX)`, `(C)`. */
const INVENTORY_NUMBER = /^\s*(?:t[a-z]{0,2}\d{2,3}[a-z]?\s*--|\d{1,3}\s+-)|\(\s*(?:c\s*[\dx]{0,3}|\d{1,4})\s*\)/giu;
const COLON = /\s*:\s*/gu;

/** A location's name without inventory numbers and underscores; the name as it is when nothing else is in it. */
export function readableName(locationName: string): string {
  const bare = locationName.replaceAll(INVENTORY_NUMBER, " ").replaceAll("_", " ").replaceAll(COLON, ": ");
  return plainText(bare) ?? locationName;
}
