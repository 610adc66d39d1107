// SPDX-License-Identifier: Apache-2.0
import { addressText } from "../../output/address-text.ts";
import { NO_TEXT } from "../../state/descriptor-text.ts";
import type { FdInfo } from "../../state/fd-info.ts";
import { readFdSet } from "../fd-list-text.ts";
import { sliceOf } from "../parameter-value.ts";
import { type Factory, type Fields, plain } from "./factory.ts";

const FD_SET_PARAMETER = 1;

/** Descriptors that a poll waits for, as texts separated by commas. */
export const FD_LIST_FIELDS: Fields = {
  "fdlist.nums": polled((fd) => String(fd)),
  "fdlist.names": polled((_, info) => info?.name || NO_TEXT),
  "fdlist.cips": polled((_, info) => (info?.isIpSocket ? addressText(info.sourceAddress) : null)),
  "fdlist.sips": polled((_, info) =>
    info?.isIpSocket || info?.isListening ? addressText(info.destinationAddress) : null,
  ),
  "fdlist.cports": polled((_, info) => (info?.isIpSocket ? String(info.sourcePort) : null)),
  "fdlist.sports": polled((_, info) =>
    info?.isIpSocket || info?.isListening ? String(info.destinationPort) : null,
  ),
};

/** Descriptors of which `read` gives null are left out. */
function polled(read: (fd: number, info: FdInfo | null) => string | null): Factory {
  return plain((event) => {
    if (event.definition.parameters[FD_SET_PARAMETER]?.type !== "FDLIST") return null;
    const slice = sliceOf(event, FD_SET_PARAMETER);
    if (slice === null) return null;
    const fds = event.thread?.fds ?? null;
    const texts = readFdSet(event, slice).map(({ fd }) => read(fd, fds?.get(fd) ?? null));
    return texts.filter((text) => text !== null).join(",") || null;
  });
}
