// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import type { FieldValue } from "./program.ts";
import { applyTransform, type TransformCall } from "./transform.ts";

function check(
  call: Partial<TransformCall>,
  args: readonly (FieldValue | null)[],
  result: FieldValue | null,
): void {
  const whole: TransformCall = { name: "len", selector: null, type: "CHARBUF", print: "NA", ...call };
  expect(applyTransform(whole, args)).toEqual(result);
}

it("changes the case of ASCII letters only", () => {
  check({ name: "tolower" }, ["ABC\xc9z"], "abc\xc9z");
  check({ name: "toupper" }, [["a", "\xe9"]], ["A", "\xe9"]);
  check({ name: "tolower" }, [null], null);
});

it("takes what follows the last slash", () => {
  check({ name: "basename" }, ["/usr/bin/bash"], "bash");
  check({ name: "basename" }, ["dir/"], "");
  check({ name: "basename" }, ["plain"], "plain");
});

it("decodes base64 with or without padding", () => {
  check({ name: "b64" }, ["aGVsbG8"], "hello");
  check({ name: "b64" }, ["aGVsbG8="], "hello");
  check({ name: "b64" }, [""], "");
  check({ name: "b64" }, ["aGVs bG8="], null);
  check({ name: "b64" }, ["aGVsbG9"], null);
  check({ name: "b64" }, ["a"], null);
  check({ name: "b64" }, ["YQBi"], "a");
  check({ name: "b64", type: "BYTEBUF" }, ["YQBi"], "a\0b");
  check({ name: "b64" }, [["YQ", "a"]], null);
});

it("counts bytes and elements", () => {
  check({ name: "len" }, ["\xc3\xa9"], 2);
  check({ name: "len" }, [[]], 0);
  check({ name: "len" }, [[1n, 2]], 2);
  check({ name: "len" }, [null], null);
});

it("joins and concatenates only when nothing is missing", () => {
  check({ name: "join" }, [",", ["a", "b"]], "a,b");
  check({ name: "join" }, [",", []], "");
  check({ name: "join" }, [null, ["a"]], null);
  check({ name: "concat" }, ["a", "", "b"], "ab");
  check({ name: "concat" }, ["a", null], null);
});

it("prints integers in their format", () => {
  check({ name: "print", print: "DEC" }, [-5], "-5");
  check({ name: "print", print: "HEX" }, [255], "FF");
  check({ name: "print", print: "OCT" }, [-1], "1777777777777777777777");
  check({ name: "print", print: "10_PADDED_DEC" }, [42], "000000042");
  check({ name: "print", print: "ID" }, [[2n ** 63n]], ["9223372036854775808"]);
});

it("scans short options", () => {
  const args = ["-n", "-t", "3", "--long", "-x", "file", "-n"];
  check({ name: "getopt" }, [args, "nt:"], ["n", "t", "3", "?"]);
  check({ name: "getopt" }, [["-t"], "t:"], [""]);
  check({ name: "getopt" }, [["-", "-n"], "n"], []);
  check({ name: "getopt", selector: "t" }, [["-tv1", "-t", "v2"], "t:"], "v2");
  check({ name: "getopt", selector: "n" }, [args, "nt:"], "n");
  check({ name: "getopt", selector: "z" }, [args, "nt:z"], null);
});
