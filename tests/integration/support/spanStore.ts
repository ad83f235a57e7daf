import { setTimeout as delay } from 'node:timers/promises';
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import { messagesAt, protobufFields } from './protobufFields.ts';
import { rawGrpcMethod } from './rawGrpcMethod.ts';
import { storedSpan, type StoredSpan } from './storedSpan.ts';

/**
 * A storage of Jaeger's, by its remote storage API: a real collector writes to it what it has read, and a test looks at
 * that.
 */
export class SpanStore {
  readonly spans: StoredSpan[] = [];
  readonly #server = new Server();
  #address = '';

  private constructor() {
    const write = (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): void => {
      this.spans.push(...messagesAt(protobufFields(call.request), 1).map(storedSpan));
      answer(null, Buffer.alloc(0));
    };
    const service = { writeSpan: rawGrpcMethod('/jaeger.storage.v1.SpanWriterPlugin/WriteSpan') };
    this.#server.addService(service, { writeSpan: write });
  }

  /** Listens on a free port of the loopback interface. */
  static open(): Promise<SpanStore> {
    const store = new SpanStore();
    return new Promise((resolve, reject) => {
      store.#server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
        store.#address = `127.0.0.1:${port}`;
        if (error === null) resolve(store);
        else reject(error);
      });
    });
  }

  /** Its `host:port`. */
  get address(): string {
    return this.#address;
  }

  /** The spans of a service, once there are `count` of them; after ten seconds, whatever there is. */
  async waitFor(service: string, count: number): Promise<readonly StoredSpan[]> {
    const deadline = performance.now() + 10_000;
    const found = (): readonly StoredSpan[] => this.spans.filter((span) => span.service === service);
    while (found().length < count && performance.now() < deadline) await delay(20);
    return found();
  }

  close(): void {
    this.#server.forceShutdown();
  }
}
