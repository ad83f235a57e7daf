import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server at Jaeger's place that answers whatever a test wants. */
export interface AnsweringJaeger extends AsyncDisposable {
  readonly url: string;
  /** Answers otherwise from now on. */
  readonly answerWith: (answer: (request: IncomingMessage, response: ServerResponse) => void) => void;
}

/** Starts one, which answers as Jaeger does where it has nothing. */
export async function startAnsweringJaeger(): Promise<AnsweringJaeger> {
  let answer = (_: IncomingMessage, response: ServerResponse): void => sendJson(response, { data: [] });
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answerWith: (next) => {
      answer = next;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers a value, with a status. */
export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
