// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from "vitest/config";

const conditions = ["@falcoc/source", "import", "node", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    env: { TZ: "UTC" },
    testTimeout: 60_000,
    setupFiles: ["test/setup.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "falcoc",
          include: ["packages/*/src/**/*.test.ts", "test/**/*.test.ts", "tools/**/*.test.ts"],
          exclude: ["test/kernel/**", "**/node_modules/**"],
        },
      },
      {
        // What else happens on the machine is part of these tests: they run one file at a time, after the others, and
        // may try again.
        extends: true,
        test: {
          name: "kernel",
          include: ["test/kernel/**/*.test.ts"],
          fileParallelism: false,
          retry: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
