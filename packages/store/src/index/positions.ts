/** Where cameras are, by slot: WGS 84 degrees, not a number where unknown. */
export type Positions = { lonAt(slot: number): number; latAt(slot: number): number };
