#!/usr/bin/env node
const NEEDED_NODE = 24;
const EXIT_USAGE = 2;

// Asked before anything else is loaded, for what is loaded needs it.
const major = Number(process.versions.node.split(".", 1)[0]);
if (major < NEEDED_NODE) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: sources for Argus need Node ${NEEDED_NODE} or later\n`,
  );
  process.exitCode = EXIT_USAGE;
} else {
  const [{ runCommand }, { version }] = await Promise.all([import("./run-command.ts"), import("./version.ts")]);
  const { stdin, stdout, stderr } = process;
  const { exitCode } = await runCommand(process.argv.slice(2), {
    version,
    layout: "package",
    cwd: process.cwd(),
    print: (text) => void stdout.write(text),
    complain: (text) => void stderr.write(text),
    terminal: stdin.isTTY && stdout.isTTY ? { input: stdin, output: stdout } : null,
  });
  process.exitCode = exitCode;
}
