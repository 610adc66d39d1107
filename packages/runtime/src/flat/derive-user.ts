// SPDX-License-Identifier: Apache-2.0
import type { ByteString, FieldValue } from "@falcoc/compiler/program";
import type { Derivation, Known } from "./derivation.ts";

const HOST = "host";

/** Fields of `user.*` and `container.*` that hold on every system. */
export const USER_DERIVATIONS: readonly Derivation[] = [
  {
    field: "user.name",
    from: ["user.uid"],
    description: "root for 0",
    derive: ({ integer }) => rootName(integer("user.uid")),
  },
  {
    field: "user.loginname",
    from: ["user.loginuid"],
    description: "root for 0",
    derive: ({ integer }) => rootName(integer("user.loginuid")),
  },
  {
    field: "user.uid",
    from: ["user.name"],
    description: "0 for root",
    derive: ({ text }) => (text("user.name") === "root" ? 0 : null),
  },
  {
    field: "user.homedir",
    from: ["user.name"],
    description: "/root for root",
    derive: ({ text }) => (text("user.name") === "root" ? "/root" : null),
  },
  ...["container.name", "container.full_id", "container.type"].map(
    (field): Derivation => ({
      field,
      from: ["container.id"],
      description: "host on the host",
      derive: ({ text }) => (text("container.id") === HOST ? HOST : null),
    }),
  ),
  {
    field: "container.image",
    from: ["container.image.repository", "container.image.tag"],
    description: "the repository, a colon and the tag",
    derive: ({ text }) => {
      const repository = text("container.image.repository");
      const tag = text("container.image.tag");
      return repository === null || tag === null ? null : `${repository}:${tag}`;
    },
  },
  {
    field: "container.image.repository",
    from: ["container.image"],
    description: "the image without tag and digest",
    derive: (known) => imagePart(known, 1),
  },
  {
    field: "container.image.tag",
    from: ["container.image"],
    description: "what follows the colon of the image",
    derive: (known) => imagePart(known, 2),
  },
];

function rootName(id: number | null): ByteString | null {
  return id === 0 ? "root" : null;
}

/** A colon before the last slash belongs to the registry's port. */
const IMAGE = /^([^@]*?)(?::([^:/@]*))?(?:@.*)?$/s;

function imagePart({ text }: Known, group: 1 | 2): FieldValue | null {
  const image = text("container.image");
  return image === null ? null : (IMAGE.exec(image)?.[group] ?? null);
}
