import { get as getPlainly, type IncomingMessage } from 'node:http';
import { get as getSecurely } from 'node:https';
import type { HttpAnswer, HttpGetOptions } from '../samplingPorts.ts';

/**
 * One HTTP GET over a connection of its own, which does not keep the process alive: a process whose work is done ends
 * while it waits. (Node.js cannot let go of looking up a host's name: where the name server is silent, the process ends
 * when the system's resolver gives up.) Redirects are answers like others.
 */
export function httpGet(url: string, { maxBodyBytes, signal }: HttpGetOptions): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const get = url.startsWith('https:') ? getSecurely : getPlainly;
    // No pool: it would hold the connection until the next question, a minute later.
    const request = get(url, { agent: false, signal, headers: { accept: 'application/json' } }, (response) => {
      readBody(response, maxBodyBytes).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    });
    request.on('socket', (socket) => socket.unref());
    request.on('error', (error) => reject(withMessage(error)));
  });
}

function readBody(response: IncomingMessage, maxBodyBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBodyBytes) chunks.push(chunk);
      else response.destroy(new Error(`the answer has more than ${maxBodyBytes} bytes`));
    });
    response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    response.on('error', reject);
  });
}

// A host with several addresses, none of which answers, fails with one error for each and no message of its own.
function withMessage(error: Error): Error {
  if (!(error instanceof AggregateError) || error.message !== '') return error;
  return new Error(error.errors.map(String).join('; '), { cause: error });
}
