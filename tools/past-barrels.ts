// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";

/**
 * Points imports of names at the files that define them, past every `index.ts` that only passes them on. esbuild puts
 * into a chunk all files that can be reached, used or not: through an index, a command would load what the others need.
 */
export const pastBarrels: Plugin = {
  name: "past-barrels",
  setup(build) {
    build.onLoad({ filter: /[\\/]packages[\\/][a-z]+[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(IMPORT, (statement, names: string, specifier: string) => {
        const barrel = barrelOf(specifier, path);
        if (barrel === null) return statement;
        return namesIn(names)
          .map((name) => `import { ${name.text} } from ${JSON.stringify(originOf(name.imported, barrel))};`)
          .join(" ");
      }),
      loader: "ts",
    }));
  },
};

const IMPORT = /^import \{([^}]*)\} from "((?:@falcoc\/|\.)[^"]*)";$/gm;
const EXPORT = /^export (?:\{([^}]*)\}|\*) from "([^"]*)";$/gm;
const PACKAGES = resolve(dirname(fileURLToPath(import.meta.url)), "..", "packages");

/** The index behind a specifier; null when it is another file. */
function barrelOf(specifier: string, importer: string): string | null {
  const [scope, name = "", ...folders] = specifier.split("/");
  if (scope === "@falcoc") return resolve(PACKAGES, name, "src", ...folders, "index.ts");
  return specifier.endsWith("/index.ts") ? resolve(dirname(importer), specifier) : null;
}

/** The file that defines a name which an index exports: it names it, or passes on all that another one has. */
function originOf(name: string, barrel: string): string {
  const passed = [...readFileSync(barrel, "utf8").matchAll(EXPORT)];
  const named = passed.find(([, names = ""]) => namesIn(names).some(({ imported }) => imported === name));
  const specifier = (named ?? passed.find(([, names]) => names === undefined))?.[2];
  if (specifier === undefined) return barrel;
  const inner = barrelOf(specifier, barrel);
  return inner === null ? resolve(dirname(barrel), specifier) : originOf(name, inner);
}

interface Name {
  /** As it stands between the braces. */
  readonly text: string;
  readonly imported: string;
}

/** The values among imported or exported names: types are gone when the program runs. */
function namesIn(list: string): readonly Name[] {
  return list
    .split(",")
    .map((text) => text.trim())
    .filter((text) => text !== "" && !text.startsWith("type "))
    .map((text) => ({ text, imported: text.split(" ")[0] ?? "" }));
}
