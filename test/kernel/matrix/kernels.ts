// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A kernel of Debian: the release that has it, and the package that depends on its newest build. */
export interface DebianKernel {
  /** `6.1` */
  readonly version: string;
  readonly release: string;
  readonly package: string;
}

/** What is needed of a kernel's package, as paths. */
export interface KernelFiles {
  /** The image to boot. */
  readonly image: string;
  /** The module of the overlay file system. */
  readonly overlay: string;
}

/** The oldest kernel that the probe works with, and those of later long-term series. */
export const DEBIAN_KERNELS: readonly DebianKernel[] = [
  { version: "5.10", release: "bullseye", package: "linux-image-cloud-amd64" },
  { version: "6.1", release: "bookworm", package: "linux-image-cloud-amd64" },
  { version: "6.12", release: "bookworm", package: "linux-image-6.12-cloud-amd64" },
];

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
const DEBIAN = "http://deb.debian.org";
const MODULE_BYTES_MAX = 64 * 1024 * 1024;

/** Files of the kernel, kept below `folder`. Its package is downloaded the first time, and never installed. */
export function fetchKernel(kernel: DebianKernel, folder: string): KernelFiles {
  const own = join(folder, kernel.version);
  const files = { image: join(own, "vmlinuz"), overlay: join(own, "overlay.ko") };
  if (existsSync(files.image) && existsSync(files.overlay)) return files;
  const download = join(own, "download");
  rmSync(own, { recursive: true, force: true });
  mkdirSync(download, { recursive: true });
  const name = downloadPackage(kernel, download);
  execFileSync("dpkg-deb", ["-x", join(download, name), download]);
  const [modules = ""] = readdirSync(join(download, "lib/modules"));
  writeFileSync(
    files.overlay,
    readModule(join(download, "lib/modules", modules, "kernel/fs/overlayfs/overlay.ko")),
  );
  renameSync(join(download, `boot/vmlinuz-${modules}`), files.image);
  rmSync(download, { recursive: true });
  return files;
}

/** Downloads the package that has the image, and gives the name of its file. */
function downloadPackage(kernel: DebianKernel, folder: string): string {
  const settings = aptSettings(kernel, folder);
  execFileSync("apt-get", [...settings, "-q", "update"], { stdio: "ignore" });
  const depends = execFileSync("apt-cache", [...settings, "depends", kernel.package], { encoding: "utf8" });
  const [, image] = /Depends: (linux-image-\S+)/.exec(depends) ?? [];
  if (image === undefined) throw new Error(`"${kernel.package}" of ${kernel.release} depends on no image`);
  execFileSync("apt-get", [...settings, "-q", "download", image], { cwd: folder, stdio: "ignore" });
  const name = readdirSync(folder).find((file) => file.endsWith(".deb"));
  if (name === undefined) throw new Error(`"${image}" was not downloaded`);
  return name;
}

/** Newer packages have their modules compressed. */
function readModule(path: string): Uint8Array {
  if (existsSync(path)) return readFileSync(path);
  return execFileSync("xz", ["-dc", `${path}.xz`], { maxBuffer: MODULE_BYTES_MAX });
}

/** Options that keep apt to a folder of its own: what this machine has configured and installed stays as it is. */
function aptSettings({ release }: DebianKernel, folder: string): string[] {
  const state = join(folder, "apt");
  for (const part of ["lists/partial", "cache/archives/partial"]) {
    mkdirSync(join(state, part), { recursive: true });
  }
  const archives = [`debian ${release}`, `debian-security ${release}-security`];
  const sources = join(state, "sources.list");
  writeFileSync(
    sources,
    archives.map((archive) => `deb [arch=amd64 signed-by=${KEYRING}] ${DEBIAN}/${archive} main\n`).join(""),
  );
  return [
    `Dir::Etc::SourceList=${sources}`,
    "Dir::Etc::SourceParts=/dev/null",
    `Dir::State=${state}`,
    "Dir::State::status=/dev/null",
    `Dir::Cache=${state}/cache`,
    "APT::Sandbox::User=root",
  ].flatMap((setting) => ["-o", setting]);
}
