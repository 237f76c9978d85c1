// One phase in a process of its own: `child.ts <phase> <input as JSON>`; sends its figures to the parent.
import type { Phase, PhaseInput, StoreFigure } from "./figure.ts";
import { measureLoad } from "./load.ts";
import { measurePeers } from "./peers.ts";
import { measurePostgres } from "./postgres.ts";
import { measureReading } from "./read.ts";
import { measureConnecting } from "./connect.ts";

const PHASES: Readonly<Record<Phase, (input: PhaseInput) => Promise<StoreFigure[]>>> = {
  load: measureLoad,
  connect: measureConnecting,
  read: measureReading,
  peers: measurePeers,
  postgres: measurePostgres,
};

const [phase, input] = process.argv.slice(2);
const figures = await PHASES[phase as Phase](JSON.parse(input ?? "{}") as PhaseInput);
process.send?.(figures);
process.disconnect?.();
