// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FILES = 40;
const FUNCTIONS = 30;

/** Writes a C project that make can build, and gives its folder. */
export function smallProject(parent: string): string {
  const folder = join(parent, "project");
  mkdirSync(folder);
  const numbers = Array.from({ length: FILES }, (_, i) => i);
  for (const i of numbers) writeFileSync(join(folder, `part${i}.c`), sourceOf(i));
  const main = `${numbers.map((i) => `int part${i}_0(int);`).join("\n")}
int main(int argc, char **argv) { (void)argv; return ${numbers.map((i) => `part${i}_0(argc)`).join(" + ")} == 0; }
`;
  writeFileSync(join(folder, "main.c"), main);
  writeFileSync(
    join(folder, "Makefile"),
    `OBJECTS := $(patsubst %.c,%.o,$(wildcard *.c))
program: $(OBJECTS)
	$(CC) -o $@ $^
%.o: %.c
	$(CC) -O1 -c -o $@ $<
clean:
	rm -f program $(OBJECTS)
`,
  );
  return folder;
}

function sourceOf(part: number): string {
  const functions = Array.from(
    { length: FUNCTIONS },
    (_, i) => `int part${part}_${i}(int x)
{
	char text[64];
	snprintf(text, sizeof(text), "%d of %d", x, ${i});
	return (int)strlen(text) + abs(x) + ${part};
}
`,
  );
  return `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>

${functions.join("\n")}`;
}
