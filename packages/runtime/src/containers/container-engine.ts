// SPDX-License-Identifier: Apache-2.0

/** Something that runs containers, and can be asked about them. */
export interface ContainerEngine {
  /** Path of its socket: names it in messages. */
  readonly socket: string;
  /**
   * What it knows of a container, by the first characters of its id; null: it has none of that id. Rejects when the
   * engine cannot be asked.
   */
  inspect(id: string, signal: AbortSignal): Promise<ContainerReport | null>;
  /** Ends what it holds open. */
  close(): void;
}

/**
 * What is told of a container, under the names that the announcements in captures use. Whatever an engine does not
 * know is empty.
 */
export interface ContainerReport {
  /** First 12 characters of `full_id`. */
  readonly id: string;
  readonly full_id: string;
  /** Code in the table of container types. */
  readonly type: number;
  readonly name: string;
  readonly image: string;
  readonly imageid: string;
  readonly imagerepo: string;
  readonly imagetag: string;
  readonly imagedigest: string;
  readonly ip: string;
  readonly privileged: boolean;
  readonly host_pid: boolean;
  readonly host_network: boolean;
  readonly host_ipc: boolean;
  readonly is_pod_sandbox: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly Mounts: readonly MountReport[];
  readonly pod_sandbox_id: string;
  readonly pod_sandbox_labels: Readonly<Record<string, string>>;
  readonly cni_json: string;
}

export interface MountReport {
  readonly Source: string;
  readonly Destination: string;
  readonly Mode: string;
  readonly RW: boolean;
  readonly Propagation: string;
}

/** Longer labels are left out, as the engine does. */
const LABEL_LENGTH_MAX = 100;
/** An engine's answer is cut off here: nothing that describes one container is that long. */
export const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

/** Labels that are texts and not too long. */
export function reportedLabels(labels: Readonly<Record<string, unknown>>): Record<string, string> {
  const kept = Object.entries(labels).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1].length <= LABEL_LENGTH_MAX,
  );
  return Object.fromEntries(kept);
}

/** The parts of an image's name: `[registry[:port]/]repository[:tag][@digest]`. The tag is "latest" when not given. */
export function imageParts(image: string): { repository: string; tag: string; digest: string } {
  const [named = "", digest = ""] = image.split("@", 2);
  const colon = named.lastIndexOf(":");
  if (colon > named.lastIndexOf("/")) {
    return { repository: named.slice(0, colon), tag: named.slice(colon + 1), digest };
  }
  return { repository: named, tag: named === "" || digest !== "" ? "" : "latest", digest };
}
