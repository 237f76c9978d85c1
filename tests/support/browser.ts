import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import sparticuz, { inflate } from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
];

const LIBRARIES = fileURLToPath(new URL("../bin/al2023.tar.br", import.meta.resolve("@sparticuz/chromium")));

const ARGS = [
  // Draws WebGL without a graphics card.
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  // All but WebGL is drawn without such a card's ways, which take the processor three times as long.
  "--disable-gpu-compositing",
  "--disable-gpu-rasterization",
  // Nothing of the browser's own goes out.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
  "--mute-audio",
];

/** The browser that ARGUS_TEST_BROWSER names, else an installed Chrome or Chromium, else the one an npm package carries. */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env["ARGUS_TEST_BROWSER"];
  if (named !== undefined && !existsSync(named))
    throw new Error(`ARGUS_TEST_BROWSER names ${named}, which is not there`);
  const installed = named ?? INSTALLED.find((path) => existsSync(path));
  return installed === undefined ? launchPackaged() : launch(installed);
}

function launch(executablePath: string, env: Record<string, string> = {}): Promise<Browser> {
  // Chromium's sandbox refuses to run as root.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({
    executablePath,
    headless: true,
    args: [...ARGS, ...sandbox],
    env: { ...process.env, ...env },
  });
}

async function launchPackaged(): Promise<Browser> {
  const executablePath = await sparticuz.executablePath();
  try {
    return await launch(executablePath);
  } catch (error) {
    if (!String(error).includes("error while loading shared libraries")) throw error;
    // A machine without a desktop lacks libraries of it; the package carries those too.
    return launch(executablePath, { LD_LIBRARY_PATH: join(await inflate(LIBRARIES), "lib") });
  }
}
