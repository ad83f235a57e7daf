import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  currentTraceContext,
  type Observability,
  recordException,
  setHttpRoute,
  trackHttp,
} from '@tracewright/runtime';
import { type Health, isHealthPath } from './health.ts';
import { errorFields, type Log } from './log.ts';
import { RefusedError } from './refusedError.ts';
import { matchPath, type Reply, type Route } from './route.ts';

/** What an HTTP service is made of. */
export interface HttpServiceOptions {
  readonly port: number;
  /** The address to listen on. */
  readonly host: string;
  readonly routes: readonly Route[];
  readonly health: Health;
  readonly log: Log;
  /** Follows the requests, but for those of health, and captures what they fail with. */
  readonly observability: Pick<Observability, 'requests' | 'errors'>;
}

/** A service that answers requests until it is stopped. */
export interface HttpService {
  /** The port that is listened on. */
  readonly port: number;
  /** Takes no further connections, and resolves when the last request was answered. */
  stop(): Promise<void>;
}

/** Starts to answer `routes` and the three health endpoints. Every answer whose trace is sampled names it in `x-trace-id`. */
export async function startHttpService(options: HttpServiceOptions): Promise<HttpService> {
  const server = createServer(handlerOf(options));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return { port, stop: () => close(server) };
}

function handlerOf(options: HttpServiceOptions): (message: IncomingMessage, response: ServerResponse) => unknown {
  const handler = (message: IncomingMessage, response: ServerResponse): void => void answer(message, response, options);
  const { requests } = options.observability;
  if (requests === undefined) return handler;
  return trackHttp(requests, handler, {
    agentId: agentOf,
    ignore: (message) => isHealthPath(pathOf(message)),
    route: (message) =>
      options.routes.find(({ method, pattern }) => method === message.method && matchPath(pattern, pathOf(message)))
        ?.pattern,
  });
}

/** The program that asks: `shop-app/3.1` of `shop-app/3.1 (iOS 19)`. */
function agentOf({ headers }: IncomingMessage): string | undefined {
  return /^[\w.-]+(?:\/[\w.-]+)?/.exec(headers['user-agent'] ?? '')?.[0];
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/';
}

async function answer(message: IncomingMessage, response: ServerResponse, options: HttpServiceOptions): Promise<void> {
  const started = performance.now();
  const path = pathOf(message);
  const health = await options.health.reply(path);
  if (health !== undefined) return send(response, health);
  const reply = await dispatch(message, path, options);
  send(response, reply);
  options.log('info', 'request answered', {
    method: message.method,
    path,
    status: reply.status,
    duration_ms: Math.round(performance.now() - started),
  });
}

async function dispatch(message: IncomingMessage, path: string, options: HttpServiceOptions): Promise<Reply> {
  try {
    for (const route of options.routes) {
      const parameters = route.method === message.method ? matchPath(route.pattern, path) : undefined;
      if (parameters === undefined) continue;
      setHttpRoute(route.pattern);
      return await route.handle({ message, parameters });
    }
    return { status: 404, body: { error: 'there is nothing here' } };
  } catch (error) {
    return refuse(error, options);
  }
}

function refuse(error: unknown, { log, observability }: HttpServiceOptions): Reply {
  const status = error instanceof RefusedError ? error.status : 500;
  // The trace, too, leads to the line that threw.
  if (status >= 500) recordException(error, { setStatus: true });
  // To ask for what is not there is a question like any other.
  if (status !== 404) observability.errors?.capture(error, { handled: status < 500 });
  if (status >= 500) log('error', 'request failed', errorFields(error));
  return { status, body: { error: error instanceof RefusedError ? error.message : 'internal error' } };
}

function send(response: ServerResponse, { status, body, contentType }: Reply): void {
  const trace = currentTraceContext();
  if (trace?.sampled === true) response.setHeader('x-trace-id', trace.traceId);
  response.writeHead(status, { 'content-type': contentType ?? 'application/json' });
  response.end(contentType === undefined ? `${JSON.stringify(body)}\n` : String(body));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
