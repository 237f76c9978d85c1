import type { Stall } from "./measure.ts";

/** What a figure does where there are more cameras: a rate should stay, a cost may grow as they do. */
export type Scale = "rate" | "cost" | "none";

/** One measured figure of one number of cameras. */
export type StoreFigure = {
  what: string;
  unit: string;
  /** One value a round. */
  values: number[];
  scale: Scale;
  /** Said beside the value. */
  note?: string;
  /** What the largest number of cameras should have: at most this, or for a rate at least. */
  aim?: number;
};

/** The longest stall, with the longest stretch of computing beside it: on a busy machine, that is the store's part. */
export function stallFigure(what: string, stalls: readonly Stall[], aim?: number): StoreFigure {
  const busy = Math.max(...stalls.map((stall) => stall.busy));
  const found = figure(
    `${what}: longest stall of the event loop`,
    "ms",
    stalls.map(({ wall }) => wall),
    "none",
    aim,
  );
  return { ...found, note: `${busy.toFixed(0)} computing` };
}

/** Which part of the measurements a process makes; see child.ts. */
export type Phase = "load" | "connect" | "read" | "peers" | "postgres";

/** The file in the folder that `load` leaves for those that read. */
export const REGISTRY = "registry.db";
/** What the snapshot of the index is called after it. */
export const SNAPSHOT_END = ".index";

/** What a phase is handed. */
export type PhaseInput = { count: number; folder: string; rounds: number };

export function figure(what: string, unit: string, values: number[], scale: Scale, aim?: number): StoreFigure {
  return { what, unit, values, scale, ...(aim !== undefined && { aim }) };
}
