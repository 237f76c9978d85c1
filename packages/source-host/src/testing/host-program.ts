// A host in a process of its own, which tests may kill: runs the sources of the folder that it is given.
import process from "node:process";

import { discoverSources } from "../discovery.ts";
import { SourceHost } from "../source-host.ts";
import { MemoryStore } from "./memory-store.ts";

const [folder = "", cpuSeconds = "300"] = process.argv.slice(2);
const store = new MemoryStore();
const bounds = { cpuSeconds: Number(cpuSeconds) };
const installed = await discoverSources(folder);
const host = new SourceHost({ installed, store, env: {}, userAgent: "argus-test", bounds });
const listed = store.nextWrite();
await host.start(host.list().map(({ id }) => id));
await listed;
process.stdout.write("listed\n");
