// In child-program.ts's place while the tests run what is built (.config/vitest.config.ts).
import { fileURLToPath } from "node:url";

export const childProgram: string = fileURLToPath(new URL("../../dist/child/main.js", import.meta.url));
export const childConditions: readonly string[] = [];
