#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Loads the probe into older kernels of Debian, in emulated machines, and holds its events against what a program did
# there. Names of versions choose some: run.sh 5.10 6.12
set -euo pipefail
cd "$(dirname "$0")/../../.."

for tool in qemu-system-x86_64 cc apt-get dpkg-deb xz; do
  if ! command -v "$tool" >/dev/null; then
    echo "run.sh: needs $tool: apt-get install qemu-system-x86 clang gcc make libc6-dev libbpf-dev libelf-dev zlib1g-dev xz-utils" >&2
    exit 1
  fi
done

npx node packages/probe/build.ts
FALCOC_KERNEL_MATRIX="${*:-all}" npx vitest run test/kernel/matrix
