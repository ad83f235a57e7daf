import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { TimeoutError } from '../../../core/timeoutError.ts';
import type { HttpAnswer, HttpClient } from '../httpClient.ts';
import { parseRetryAfter } from './parseRetryAfter.ts';

// What an answer may say. A collector's are empty; a proxy's page is a few kilobytes.
const MAX_ANSWER_BYTES = 64 * 1024;
// How long the body of an answer may take, once its status is known and says all that matters.
const BODY_TIMEOUT_MILLIS = 1000;

/** What a `NodeHttpClient` is made of. */
export interface NodeHttpClientOptions {
  /** `http:` or `https:`. User info in it is not used. */
  readonly url: string;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** How long the head of an answer may take, in milliseconds, from the request on. */
  readonly timeoutMillis: number;
}

/** Node's own client, on one connection that is kept open. Nothing of it keeps the process alive. */
export class NodeHttpClient implements HttpClient {
  readonly #url: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #timeoutMillis: number;
  readonly #agent: http.Agent;
  readonly #request: typeof http.request;

  constructor({ url, headers, timeoutMillis }: NodeHttpClientOptions) {
    this.#url = new URL(url);
    this.#url.username = '';
    this.#url.password = '';
    this.#headers = headers;
    this.#timeoutMillis = timeoutMillis;
    const { Agent, request } = this.#url.protocol === 'https:' ? https : http;
    this.#agent = new Agent({ keepAlive: true, maxFreeSockets: 1 });
    this.#request = request;
  }

  post(body: Uint8Array, signal: AbortSignal): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const headers = { ...this.#headers, 'content-length': body.byteLength };
      const request = this.#request(this.#url, { method: 'POST', agent: this.#agent, headers, signal }, (response) => {
        clearTimeout(timeout);
        readAnswer(response, (answer) => {
          // An early refusal: what is left of the body would be sent while its bytes are written over.
          if (!request.writableFinished) request.destroy();
          resolve(answer);
        });
      });
      const timeout = setTimeout(() => {
        request.destroy(new TimeoutError('the answer to a request', this.#timeoutMillis));
      }, this.#timeoutMillis).unref();
      request.on('socket', (socket) => void socket.unref());
      request.on('error', (error) => {
        clearTimeout(timeout);
        reject(error);
      });
      request.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Calls `done` once, with what was there when the body ended, broke off, became too large or took too long. */
function readAnswer(response: IncomingMessage, done: (answer: HttpAnswer) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isDone = false;
  const finish = (): void => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timeout);
    // A connection with an unread rest is of no use to the next request.
    if (!response.complete) response.destroy();
    done({
      status: response.statusCode ?? 0,
      retryAfterMillis: parseRetryAfter(response.headers['retry-after'], response.headers.date),
      body: Buffer.concat(chunks),
    });
  };
  const timeout = setTimeout(finish, BODY_TIMEOUT_MILLIS).unref();
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk.subarray(0, MAX_ANSWER_BYTES - bytes));
    bytes += chunk.length;
    if (bytes >= MAX_ANSWER_BYTES) finish();
  });
  // The status is known: what happens to the rest does not change it.
  for (const end of ['error', 'end', 'close']) response.on(end, finish);
}
