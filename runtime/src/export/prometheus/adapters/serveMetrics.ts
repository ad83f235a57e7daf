/// <reference lib="esnext.disposable" preserve="true" />
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeHostProcess } from '../../../core/adapters/nodeHostProcess.ts';
import { checkOptions, type OptionKinds, wholeNumber } from '../../../core/optionKinds.ts';
import { neverThrowing } from '../../../core/neverThrowing.ts';
import { warnSparingly } from '../../../core/warnSparingly.ts';
import type { MetricSource } from '../../metricSource.ts';
import { metricsHandler } from '../metricsHandler.ts';
import { METRICS_HANDLER_OPTION_KINDS, type MetricsHandlerOptions } from '../metricsHandlerOptions.ts';

/** Node's own bounds are for strangers on the Internet who send forms; a scrape is a line and some headers. */
const REQUEST_TIMEOUT_MILLIS = 10_000;
const MAX_CONNECTIONS = 100;

/** Where metrics are served, and how. */
export interface ServeMetricsOptions extends MetricsHandlerOptions {
  /** TCP port, 0 to 65535; 0 takes any that is free. Prometheus has a register of ports by convention: 9464 is OpenTelemetry's. */
  readonly port: number;
  /**
   * Name or address that is listened on. With any that others reach, use `authorise` or a network policy.
   * @defaultValue '127.0.0.1': this machine alone
   */
  readonly host?: string;
  /** Where the metrics are; all else is 404. @defaultValue '/metrics' */
  readonly path?: string;
}

/** A server of metrics. It does not keep the process alive. */
export interface MetricsServer {
  /** `http://127.0.0.1:9464/metrics` */
  readonly url: string;
  readonly port: number;
  /** Cuts what is under way, and resolves when the port is free. Idempotent; never rejects. */
  stop(): Promise<void>;
  /** The same as `stop()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Serves metrics on a port of their own.
 *
 * @throws ConfigurationError with every option that is unknown or out of its range.
 * @throws Error of Node's where the port cannot be listened on.
 */
export async function serveMetrics(source: MetricSource, options: ServeMetricsOptions): Promise<MetricsServer> {
  checkOptions(options, OPTION_KINDS, 'metrics server');
  const { port, host = '127.0.0.1', path = '/metrics', ...handling } = options;
  const process = nodeHostProcess();
  const onError = neverThrowing(handling.onError ?? warnSparingly(process));
  const handle = metricsHandler(source, { ...handling, onError }, process);
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MILLIS, headersTimeout: REQUEST_TIMEOUT_MILLIS });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('request', (request, response) => {
    if (pathOf(request.url) === path) handle(request, response);
    else response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end(`metrics are at ${path}\n`);
  });
  await listen(server, port, host);
  server.on('error', onError);
  server.unref();
  // A client that stays connected keeps the process no longer than the server does.
  server.on('connection', (socket) => socket.unref());
  return metricsServer(server, host, path);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function metricsServer(server: Server, host: string, path: string): MetricsServer {
  const { port } = server.address() as AddressInfo;
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return stopped;
  };
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}${path}`;
  return { url, port, stop, [Symbol.asyncDispose]: stop };
}

function pathOf(url: string | undefined): string | undefined {
  return url?.split('?', 1)[0];
}

const OPTION_KINDS: OptionKinds<ServeMetricsOptions> = {
  ...METRICS_HANDLER_OPTION_KINDS,
  port: wholeNumber(0, 65_535),
  host: { allowed: 'a name or an address', accepts: (value) => typeof value === 'string' && value !== '' },
  path: { allowed: 'a path: /metrics', accepts: (value) => typeof value === 'string' && /^\/[\w\-./]*$/.test(value) },
};
