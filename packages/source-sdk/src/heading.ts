import { degreesOfWord, plain } from "./direction-words.ts";
import { numberOf } from "./number-of.ts";

const FULL_TURN = 360;
const MAX_TEXT = 60;
const UNIT = /\s*deg(?:rees?|\.)?$/iu;
const BEFORE =
  /^(?:(?:looking|facing|heading|towards?|to|the|view(?:ing)?|(?:en\s)?direction(?:\sd[eu])?|vers|hacia|sentido|direccion|direzione|verso|el|la|le|il|het|seð|til|mot|mod|blick|(?:blick)?richtung|richting|nach|naar)[\s:]+|l['’])+/u;
const AFTER = /(?:[\s-]+(?:facing|view|looking))+$/u;
const BETWEEN = /[\s.-]+/gu;
/** `N/B` is northbound; `N/S` is both ways. */
const SLASHED_BOUND = /^(?<way>[nesw])\/b(?:ound)?$/u;
const BOUND = /(?:bound|wards?|b|向|行|側)$/u;

/**
 * Degrees clockwise from north: of a number, of one as text (`"230"`, `"45°"`), and of a direction word in several
 * languages: `N`, `NB`, `Westbound`, `south-east`, `NNE`, `looking west`, `Sureste`, `vestur`, `北向`. Null when it is
 * none, or both ways of a road (`NS`, `B`, `Both Directions`).
 */
export function headingOf(value: string | number | null | undefined): number | null {
  const degrees = numberOf(typeof value === "string" ? value.replace(UNIT, "") : value);
  if (degrees !== null) return degrees >= 0 && degrees <= FULL_TURN ? degrees % FULL_TURN : null;
  if (typeof value !== "string" || value.length > MAX_TEXT) return null;
  const word = plain(value).trim().replace(BEFORE, "").replace(AFTER, "");
  const letters = word.replace(SLASHED_BOUND, "$<way>").replaceAll(BETWEEN, "");
  return degreesOfWord(letters) ?? degreesOfWord(letters.replace(BOUND, "")) ?? null;
}
