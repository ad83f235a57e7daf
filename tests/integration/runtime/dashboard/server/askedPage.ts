import { connect, type Socket } from 'node:net';
import { request } from 'node:http';
import { Secret } from '../../../../../runtime/src/core/secret.ts';
import { createDashboard } from '../../../../../runtime/src/dashboard/createDashboard.ts';
import type { Dashboard } from '../../../../../runtime/src/dashboard/dashboard.ts';
import type { DashboardOptions } from '../../../../../runtime/src/dashboard/dashboardOptions.ts';
import { createObservability, type Observability } from '../../../../../runtime/src/observability.ts';

/** What people log in with. */
export const TOKEN = 'a-token-of-20-letters';

/** A page of an application that does nothing. */
export interface PageOfTest extends AsyncDisposable {
  readonly dashboard: Dashboard;
  readonly observability: Observability;
  /** What the application was told of. */
  readonly errors: readonly Error[];
}

/** Makes a page; it does not listen yet. */
export function pageOfTest(options: DashboardOptions = {}): PageOfTest {
  const errors: Error[] = [];
  const observability = createObservability({ tracing: false, performance: false });
  const dashboard = createDashboard(observability, {
    port: 0,
    auth: { operateToken: new Secret(TOKEN) },
    announce: () => undefined,
    onError: (error) => errors.push(error),
    ...options,
  });
  return {
    dashboard,
    observability,
    errors,
    [Symbol.asyncDispose]: async () => {
      await dashboard.stop();
      await observability.stop();
    },
  };
}

/** What a server answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** How a request is sent. */
export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string;
}

/** Asks on a connection of its own, with whatever headers. */
export function ask(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: Asking = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Logs in. @returns the header by which a browser says who it is */
export async function loggedIn(port: number, mount = ''): Promise<{ readonly cookie: string }> {
  const { headers } = await ask(port, `${mount}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: TOKEN }),
  });
  return { cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
}

/** Writes bytes, and reads until the server closes. */
export function exchanged(port: number, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

/** A stream that is open, or was refused. */
export interface OpenedStream {
  readonly socket: Socket;
  /** Of the answer. */
  readonly status: number;
}

/** How a stream is opened. */
export interface Opening {
  readonly path?: string;
  /** Each `Name: value`. */
  readonly headers?: readonly string[];
}

/** Opens a stream on a connection of its own. Resolves when its first bytes are there. */
export function openStream(
  port: number,
  { path = '/api/v1/live', headers = [`Authorization: Bearer ${TOKEN}`] }: Opening = {},
): Promise<OpenedStream> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write([`GET ${path} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n'));
    });
    socket.on('error', reject);
    socket.once('close', () => reject(new Error('cut')));
    socket.once('data', (chunk) => {
      socket.off('error', reject);
      socket.on('error', () => undefined);
      resolve({ socket, status: Number(/^HTTP\/1\.1 (\d+)/.exec(chunk.toString())?.[1]) });
    });
  });
}
