import {
  type Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  type ServiceError,
} from '@grpc/grpc-js';
import { rawGrpcMethod } from './rawGrpcMethod.ts';

/** A call as the server has read it. */
export interface OtlpCall {
  readonly body: Buffer;
  readonly metadata: Metadata;
  /** How many there were, this one included. */
  readonly number: number;
}

/** What a call is answered with: the body, a status other than OK, or nothing at all. */
export type OtlpAnswer = Buffer | Pick<ServiceError, 'code' | 'details'> | 'never';

/** Stands in for a collector that takes OTLP over gRPC and answers as it is told. */
export class OtlpGrpcServer implements AsyncDisposable {
  readonly calls: OtlpCall[] = [];
  readonly #server = new Server();

  private constructor(answer: (call: OtlpCall) => OtlpAnswer) {
    const take = (unary: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>): void => {
      const call = { body: unary.request, metadata: unary.metadata, number: this.calls.length + 1 };
      this.calls.push(call);
      const said = answer(call);
      if (Buffer.isBuffer(said)) done(null, said);
      else if (said !== 'never') done(said);
    };
    const method = rawGrpcMethod('/opentelemetry.proto.collector.trace.v1.TraceService/Export');
    this.#server.addService({ export: method }, { export: take });
  }

  /** Listens on a port of the loopback interface; with TLS where it is given a key and a certificate. */
  static listen(
    port: number,
    answer: (call: OtlpCall) => OtlpAnswer,
    credentials = ServerCredentials.createInsecure(),
  ): Promise<OtlpGrpcServer> {
    const server = new OtlpGrpcServer(answer);
    return new Promise((resolve, reject) => {
      server.#server.bindAsync(`127.0.0.1:${port}`, credentials, (error) =>
        error === null ? resolve(server) : reject(error),
      );
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#server.forceShutdown();
    return Promise.resolve();
  }
}
