// SPDX-License-Identifier: Apache-2.0
import { type ClientHttp2Session, connect as connectHttp2, constants } from "node:http2";
import { connect } from "node:net";
import { ANSWER_BYTES_MAX } from "./container-engine.ts";
import { decodeMessage, type Message } from "./protobuf.ts";

/** Before each message: whether it is compressed, and its length. */
const PREFIX_BYTES = 5;
const STATUS_OK = "0";

/** A call that the server has refused. */
export class GrpcError extends Error {
  override readonly name = "GrpcError";
  /** Status code of gRPC, as text: "5" is not found, "12" not implemented. */
  readonly status: string;

  constructor(status: string, message: string) {
    super(message);
    this.status = status;
  }
}

/** Calls methods of one message and one answer over a Unix socket. The connection is made when first needed. */
export class GrpcClient {
  readonly #socket: string;
  #session: ClientHttp2Session | null = null;

  constructor(socket: string) {
    this.#socket = socket;
  }

  /** Calls `/package.Service/Method`. Rejects with a GrpcError, or with what kept the server from answering. */
  async call(method: string, message: Buffer, signal: AbortSignal): Promise<Message> {
    const stream = this.#connected().request(
      {
        ":method": "POST",
        ":path": method,
        "content-type": "application/grpc",
        te: "trailers",
      },
      { signal },
    );
    stream.end(framed(message));
    const headers: Record<string, unknown> = {};
    stream.on("response", (first) => Object.assign(headers, first));
    stream.on("trailers", (last) => Object.assign(headers, last));
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > ANSWER_BYTES_MAX) {
        stream.close(constants.NGHTTP2_CANCEL);
        throw new Error(`an answer of more than ${ANSWER_BYTES_MAX} bytes`);
      }
      chunks.push(chunk);
    }
    const status = String(headers["grpc-status"] ?? "2");
    if (status !== STATUS_OK) throw new GrpcError(status, String(headers["grpc-message"] ?? "no status"));
    return decodeMessage(unframed(Buffer.concat(chunks)));
  }

  close(): void {
    this.#session?.destroy();
    this.#session = null;
  }

  #connected(): ClientHttp2Session {
    if (this.#session !== null && !this.#session.closed && !this.#session.destroyed) return this.#session;
    const session = connectHttp2("http://localhost", { createConnection: () => connect(this.#socket) });
    // The streams of the session fail too, and tell whoever has called.
    session.on("error", () => session.destroy());
    // A connection that nobody waits for keeps no process alive.
    session.unref();
    this.#session = session;
    return session;
  }
}

function framed(message: Buffer): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

function unframed(bytes: Buffer): Buffer {
  if (bytes.length < PREFIX_BYTES) throw new Error("an answer without a message");
  if (bytes[0] !== 0) throw new Error("an answer that is compressed");
  return bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + bytes.readUInt32BE(1));
}
