// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const REQUESTS = 100_000;
const CLIENTS = 20;
const READY_MS = 5000;

/** Starts a Redis server in a folder, hands out what measures it, and ends it. */
export async function withRedis<T>(
  folder: string,
  use: (benchmark: () => void) => Promise<T>,
): Promise<T | { skipped: string }> {
  if (["redis-server", "redis-benchmark", "redis-cli"].some((name) => spawnSync(name, ["--version"]).error)) {
    return { skipped: "redis-server, redis-benchmark and redis-cli are not all installed" };
  }
  const socket = join(folder, "redis.sock");
  const options = [
    "--port",
    "0",
    "--unixsocket",
    socket,
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    folder,
  ];
  const server = spawn("redis-server", options, { stdio: "ignore" });
  const ended = once(server, "exit");
  try {
    await untilReady(socket);
    const load = ["-s", socket, "-q", "-t", "set,get", "-n", String(REQUESTS), "-c", String(CLIENTS)];
    return await use(() => execFileSync("redis-benchmark", load, { stdio: "ignore" }));
  } finally {
    server.kill();
    await ended;
  }
}

async function untilReady(socket: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < READY_MS; waitedMs += 50) {
    if (spawnSync("redis-cli", ["-s", socket, "ping"], { encoding: "utf8" }).stdout.startsWith("PONG"))
      return;
    await sleep(50);
  }
  throw new Error("redis-server does not answer");
}
