// A source's process: does one job for the host that started it, and is ended with it.
import { lightenZod } from "./light-zod.ts";

// Before anything loads it.
lightenZod();
await import("./work.ts");
