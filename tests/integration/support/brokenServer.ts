import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A request as a broken collector has read it. */
export interface BrokenRequest {
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** How many there were, this one included. */
  readonly number: number;
  readonly response: ServerResponse;
}

/** Stands in for a collector that is broken in some way. */
export class BrokenServer implements AsyncDisposable {
  readonly port: number;
  readonly requests: BrokenRequest[];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, requests: BrokenRequest[]) {
    this.#server = server;
    this.requests = requests;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  /** One that reads requests and answers as it is told. */
  static async http(answer: (request: BrokenRequest) => unknown, port = 0): Promise<BrokenServer> {
    const requests: BrokenRequest[] = [];
    const server = createHttpServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const body = Buffer.concat(chunks);
        const request = { headers: incoming.headers, body, number: requests.length + 1, response };
        requests.push(request);
        answer(request);
      });
    });
    return new BrokenServer(await listening(server, port), requests);
  }

  /** One that does something of its own with each connection. */
  static async tcp(connected: (socket: Socket) => void): Promise<BrokenServer> {
    return new BrokenServer(await listening(createServer(connected), 0), []);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function listening(server: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
