import { type CameraFilter, bboxContains, distanceKm, type Position } from "@argus/core";

import { emptyBits, setBit } from "./selection.ts";
import type { SpatialOrder } from "./spatial-order.ts";

const ALL_BITS = 0xffff_ffff;
const WORD_BITS = 32;
/** Cameras that are looked at to guess how many a box or a circle holds. */
const SAMPLES = 1024;
/** To ask the spatial order for more than this share of all takes longer than to look at each. */
const MAX_SHARE = 0.15;

/** A bit for each slot below `length`. */
export function bitsOfAll(length: number): Uint32Array {
  const bits = emptyBits(length).fill(ALL_BITS);
  const inLastWord = length % WORD_BITS;
  if (inLastWord !== 0) bits[bits.length - 1] = ALL_BITS >>> (WORD_BITS - inLastWord);
  return bits;
}

/** A bit for each of some slots that is below `length`. A plain loop, for there may be a million. */
export function bitsOfSlots(slots: Uint32Array, length: number): Uint32Array {
  const bits = emptyBits(length);
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] ?? length;
    if (slot < length) setBit(bits, slot);
  }
  return bits;
}

/** The cameras in the filter's circle or else its box, if those are so few that the spatial order finds them faster. */
export function bitsByPlace(space: SpatialOrder, length: number, { near, bbox }: CameraFilter): Uint32Array | null {
  const bits = emptyBits(length);
  const visit = (slot: number): void => {
    if (slot < length) setBit(bits, slot);
  };
  if (near !== undefined && isSmall(space, length, (position) => distanceKm(near, position) <= near.km)) {
    space.near(near, visit);
    return bits;
  }
  if (bbox !== undefined && isSmall(space, length, (position) => bboxContains(bbox, position))) {
    space.inBox(bbox, visit);
    return bits;
  }
  return null;
}

/** Whether, as far as some of the cameras show, few of them are inside. */
function isSmall(space: SpatialOrder, length: number, isInside: (position: Position) => boolean): boolean {
  const step = Math.max(1, Math.floor(length / SAMPLES));
  let inside = 0;
  let looked = 0;
  for (let slot = 0; slot < length; slot += step) {
    looked += 1;
    if (isInside({ lat: space.latAt(slot), lon: space.lonAt(slot) })) inside += 1;
  }
  return inside <= looked * MAX_SHARE;
}
