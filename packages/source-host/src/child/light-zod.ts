import { registerHooks } from "node:module";

const LOCALE = /^export \{ default as (\w+) \} from ("\.\/[\w-]+\.js");$/gmu;
const ON_DEMAND = "export const $1 = (...given) => require($2).default(...given);";
const REQUIRE = 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\n';

/**
 * Makes loading zod cheap, which is most of what a source's process does until its source runs. Its messages in some sixty
 * languages, a file each, are loaded when somebody calls for one, and its files find each other without a look at the
 * disk. A zod that lists its languages otherwise is loaded as it is.
 */
export function lightenZod(): void {
  const files = new URL("./v4/", import.meta.resolve("zod")).href;
  const locales = `${files}locales/index.js`;
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL: from } = context;
      if (!specifier.startsWith(".") || from?.startsWith(files) !== true) return next(specifier, context);
      return { url: new URL(specifier, from).href, format: "module", shortCircuit: true };
    },
    load(url, context, next) {
      const loaded = next(url, context);
      if (url !== locales || !ArrayBuffer.isView(loaded.source)) return loaded;
      const list = new TextDecoder().decode(loaded.source);
      return { ...loaded, source: REQUIRE + list.replaceAll(LOCALE, ON_DEMAND) };
    },
  });
}
