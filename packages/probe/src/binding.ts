// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Native } from "./native.ts";

/** What the build makes of `native/` and `bpf/`. */
const ADDON = "probe.node";
const OBJECT = "probe.bpf.o";

/** The addon and the kernel programs that go with it; or, in one sentence, what is missing. */
export type Binding =
  | { readonly ok: true; readonly native: Native; readonly object: string }
  | { readonly ok: false; readonly message: string };

/** Finds and loads what the build has left beside the package. */
export function loadBinding(): Binding {
  const require = createRequire(import.meta.url);
  let folder: string;
  try {
    folder = join(dirname(require.resolve("@falcoc/probe/package.json")), "build");
  } catch {
    return { ok: false, message: "live events need the package @falcoc/probe, which is not installed" };
  }
  const object = join(folder, OBJECT);
  const addon = join(folder, ADDON);
  const missing = [addon, object].find((path) => !existsSync(path));
  if (missing !== undefined) {
    return {
      ok: false,
      message: `live events need "${missing}", which was not built: install clang, libbpf-dev, gcc and make, then run npm run build`,
    };
  }
  try {
    return { ok: true, native: require(addon) as Native, object };
  } catch (error) {
    return { ok: false, message: `live events need "${addon}", which cannot be loaded: ${reason(error)}` };
  }
}

/** What the dynamic linker says; of the one library that is not part of every system, how it is had. */
function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.includes("libbpf") ? `${text} (install libbpf, on Debian: apt-get install libbpf1)` : text;
}
