import { createRequire } from 'node:module';
import type * as Grpc from '@grpc/grpc-js';
import type { Courier, Verdict } from '../courier.ts';
import { grpcStatus, judgeGrpcError } from '../judgeGrpcError.ts';

const METHOD = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const DEADLINE_EXCEEDED = 4;
// Asking again is the transport's part; and a collector that is back is to be found within seconds, not after two minutes.
const CHANNEL_OPTIONS = {
  'grpc.primary_user_agent': 'tracewright',
  'grpc.enable_retries': 0,
  'grpc.initial_reconnect_backoff_ms': 500,
  'grpc.max_reconnect_backoff_ms': 5000,
};

/** What a `GrpcCourier` is made of. */
export interface GrpcCourierOptions {
  /** Where requests go, for errors. */
  readonly destination: string;
  /** `http:` in the clear, `https:` with TLS and the certificates that Node trusts. */
  readonly url: string;
  /** Sent with every call, as metadata. */
  readonly headers: Readonly<Record<string, string>>;
  /** How long a call may take, in milliseconds. */
  readonly timeoutMillis: number;
}

/**
 * Carries OTLP over gRPC, as unary calls of `TraceService/Export`. Loads `@grpc/grpc-js` when it is made: 60 to 120 ms
 * that nobody pays who does not use it. A call under way keeps the process alive until it is answered, aborted or out of
 * time: the library has no way around that.
 */
export class GrpcCourier implements Courier {
  readonly #options: GrpcCourierOptions;
  readonly #grpc: typeof Grpc;
  readonly #metadata: Grpc.Metadata;
  #client: Grpc.Client | undefined;

  /** @throws Error when a header's name or value cannot be metadata. */
  constructor(options: GrpcCourierOptions) {
    this.#options = options;
    const require = createRequire(import.meta.url);
    // What `require` gives has no type; this is the module's own declaration.
    this.#grpc = require('@grpc/grpc-js') as typeof Grpc;
    this.#metadata = new this.#grpc.Metadata();
    for (const [name, value] of Object.entries(options.headers)) this.#metadata.set(name, value);
  }

  async carry(body: Uint8Array, signal: AbortSignal): Promise<Verdict> {
    try {
      const answer = await this.#call(Buffer.from(body.buffer, body.byteOffset, body.byteLength), signal);
      return { kind: 'taken', answer };
    } catch (error) {
      // The connection may be one of those that swallow everything: the next call gets another.
      if (grpcStatus(error) === DEADLINE_EXCEEDED) this.close();
      return judgeGrpcError(this.#options.destination, error);
    }
  }

  close(): void {
    this.#client?.close();
    this.#client = undefined;
  }

  #call(body: Buffer, signal: AbortSignal): Promise<Buffer> {
    const deadline = Date.now() + this.#options.timeoutMillis;
    this.#client ??= this.#connect();
    const client = this.#client;
    return new Promise((resolve, reject) => {
      const call = client.makeUnaryRequest(METHOD, same, same, body, this.#metadata, { deadline }, (error, answer) => {
        signal.removeEventListener('abort', cancel);
        if (error === null) resolve(answer ?? Buffer.alloc(0));
        else reject(error);
      });
      const cancel = (): void => call.cancel();
      if (signal.aborted) cancel();
      else signal.addEventListener('abort', cancel);
    });
  }

  #connect(): Grpc.Client {
    const { Client, credentials } = this.#grpc;
    const { protocol, hostname, port } = new URL(this.#options.url);
    const isSecure = protocol === 'https:';
    // An URL leaves its scheme's default port out; gRPC would take 443 for either.
    const address = `${hostname}:${port || (isSecure ? '443' : '80')}`;
    return new Client(address, isSecure ? credentials.createSsl() : credentials.createInsecure(), CHANNEL_OPTIONS);
  }
}

function same(message: Buffer): Buffer {
  return message;
}
