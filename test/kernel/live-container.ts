// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What is needed for real containers, by the package that has it. */
const TOOLS = ["podman", "runc", "busybox"];
const APPLETS = ["sh", "cat", "sleep", "rm"];
/** What podman asks for is more than some machines allow. */
const LIMITS = ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1000:1000", "--net=none"];
/** Scenarios run programs from there, which podman does not allow by itself. */
const SHARED_MEMORY = ["--tmpfs", "/dev/shm:rw,exec,mode=1777"];
const SOCKET_WAIT_MS = 10_000;

export const IMAGE = "localhost/falcoc-test:1.2";
/** Where the actor is in each container. */
export const CONTAINER_ACTOR = "/opt/actor";

/** Which of the tools for containers is missing; null: none is. */
export function missingTool(): string | null {
  return (
    TOOLS.find((tool) => !process.env.PATH?.split(":").some((folder) => existsSync(join(folder, tool)))) ??
    null
  );
}

export interface ContainerHost {
  /** Socket with Docker's interface. */
  readonly socket: string;
  /** Starts a privileged container that sleeps. Gives its full id. */
  start(name: string): Promise<string>;
  /** Runs a program in a container. */
  exec(name: string, command: readonly string[], env: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

/** A podman of its own, away from whatever else the machine has, with an image that holds busybox and the actor. */
export async function startContainerHost(actor: string): Promise<ContainerHost> {
  const folder = mkdtempSync(join(tmpdir(), "falcoc-podman-"));
  const socket = join(folder, "podman.sock");
  const podman = podmanOf(folder);
  importImage(folder, actor, podman);
  const service = spawn("podman", podman(["system", "service", "--time=0", `unix://${socket}`]), {
    stdio: "ignore",
  });
  await listening(socket);
  const names: string[] = [];
  return {
    socket,
    async start(name) {
      names.push(name);
      const asked = [
        "run",
        "--detach",
        "--privileged",
        ...LIMITS,
        ...SHARED_MEMORY,
        "--name",
        name,
        IMAGE,
        "/bin/sleep",
        "600",
      ];
      return (await run("podman", podman(asked))).stdout.trim();
    },
    async exec(name, command, env) {
      const variables = Object.entries(env).flatMap(([key, value]) => ["--env", `${key}=${value}`]);
      await run("podman", podman(["exec", ...variables, name, ...command]));
    },
    async stop() {
      for (const name of names) await run("podman", podman(["rm", "--force", "--time=0", name]));
      await ended(service);
      await run("podman", podman(["rmi", "--all", "--force"]));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function podmanOf(folder: string): (words: readonly string[]) => string[] {
  const options = [
    "--root",
    join(folder, "root"),
    "--runroot",
    join(folder, "run"),
    "--storage-driver",
    "overlay",
  ];
  return (words) => [...options, "--runtime", "runc", "--cgroup-manager", "cgroupfs", ...words];
}

function importImage(folder: string, actor: string, podman: (words: readonly string[]) => string[]): void {
  const tree = join(folder, "image");
  for (const one of ["bin", "etc", "opt", "root", "tmp", "dev", "proc", "sys", "usr/local/bin", "var/log"]) {
    mkdirSync(join(tree, one), { recursive: true });
  }
  const busybox = execFileSync("sh", ["-c", "command -v busybox"], { encoding: "utf8" }).trim();
  cpSync(busybox, join(tree, "bin", "busybox"), { dereference: true });
  for (const applet of APPLETS) symlinkSync("busybox", join(tree, "bin", applet));
  cpSync(actor, join(tree, CONTAINER_ACTOR));
  for (const file of ["passwd", "group", "shadow"]) cpSync(join("/etc", file), join(tree, "etc", file));
  const archive = join(folder, "image.tar");
  execFileSync("chmod", ["1777", join(tree, "tmp")]);
  execFileSync("tar", ["-C", tree, "-cf", archive, "."]);
  execFileSync("podman", podman(["import", "--quiet", archive, IMAGE]), { stdio: "ignore" });
}

async function listening(socket: string): Promise<void> {
  for (let waitedMs = 0; !existsSync(socket); waitedMs += 50) {
    if (waitedMs > SOCKET_WAIT_MS) throw new Error(`podman does not listen at ${socket}`);
    await sleep(50);
  }
}

async function ended(service: ChildProcess): Promise<void> {
  if (service.exitCode !== null) return;
  service.kill();
  await once(service, "exit");
}
