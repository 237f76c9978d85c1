// The program of a database thread. It lies here and not beside what it runs, so that built, where all files are in one
// folder, it is found as it is in the source.
import { parentPort } from "node:worker_threads";

import { serve } from "./sqlite/worker/serve.ts";

if (parentPort !== null) serve(parentPort);
