#!/usr/bin/env node
const NEEDED_NODE = 24;
const EXIT_USAGE = 2;

// Asked before anything else is loaded: the database driver ends an older Node without a word.
const major = Number(process.versions.node.split(".", 1)[0]);
if (major < NEEDED_NODE) {
  process.stderr.write(
    `argus: Node ${process.versions.node} is too old, Argus needs Node ${NEEDED_NODE} or later; ` +
      `install it, or put "npx -y -p node@${NEEDED_NODE} --" before the command [ARGUS_NODE_TOO_OLD]\n`,
  );
  process.exitCode = EXIT_USAGE;
} else {
  const { main } = await import("./command.ts");
  await main(process.argv.slice(2));
}
