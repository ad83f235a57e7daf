import { Client, credentials, Metadata } from '@grpc/grpc-js';

const answerSeconds = 15;

/**
 * Calls a unary method of gRPC at a port of loopback, with a message that is encoded already.
 * @returns the answer as it is encoded @throws Error with gRPC's words when there is none in 15 s.
 */
export async function callUnary(port: number, path: string, message: Buffer): Promise<Buffer> {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const same = (bytes: Buffer): Buffer => bytes;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const deadline = Date.now() + answerSeconds * 1000;
      client.makeUnaryRequest(path, same, same, message, new Metadata(), { deadline }, (error, value) =>
        error === null ? resolve(value ?? Buffer.alloc(0)) : reject(error),
      );
    });
  } finally {
    client.close();
  }
}
