import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { nextTurn } from '../../core/adapters/nextTurn.ts';
import type { HostProcess } from '../../core/hostProcess.ts';
import { neverThrowing } from '../../core/neverThrowing.ts';
import { TimeoutError } from '../../core/timeoutError.ts';
import { toError } from '../../core/toError.ts';
import { warnSparingly } from '../../core/warnSparingly.ts';
import { withTimeout } from '../../core/withTimeout.ts';
import type { MetricSource } from '../metricSource.ts';
import { acceptedFormat, acceptsGzip } from './acceptedFormat.ts';
import type { ExpositionFormat } from './expositionFormat.ts';
import { LabelTexts } from './labelTexts.ts';
import type { MetricsHandlerOptions } from './metricsHandlerOptions.ts';
import { SharedCollect } from './sharedCollect.ts';
import { type ExpositionOptions, writeExposition } from './writeExposition.ts';

const DEFAULT_TIMEOUT_MILLIS = 10_000;
const DEFAULT_MAX_SCRAPES = 10;
/** What a client that went away shows as. */
const CONNECTION_CODES: ReadonlySet<unknown> = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE']);
/** Of how many errors it is remembered that they were told. */
const MOST_TOLD = 1000;

/** No browser is to keep it, run anything in it, or show it in somebody else's page. */
const HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** The scrapes of a `metricsHandler`. */
export class MetricsScrapes {
  readonly #host: Pick<HostProcess, 'schedule'>;
  readonly #collect: SharedCollect;
  readonly #timeoutMillis: number;
  readonly #maxScrapes: number;
  readonly #gzip: boolean;
  readonly #authorise: NonNullable<MetricsHandlerOptions['authorise']>;
  readonly #onError: (error: Error) => void;
  readonly #exposition: ExpositionOptions;
  readonly #labels = new LabelTexts();
  readonly #told = new Set<string>();
  #underWay = 0;

  constructor(
    source: MetricSource,
    options: MetricsHandlerOptions,
    host: Pick<HostProcess, 'schedule' | 'monotonicMillis' | 'warn'>,
  ) {
    this.#host = host;
    this.#timeoutMillis = options.timeoutMillis ?? DEFAULT_TIMEOUT_MILLIS;
    this.#collect = new SharedCollect(source, this.#timeoutMillis, host);
    this.#maxScrapes = options.maxScrapes ?? DEFAULT_MAX_SCRAPES;
    this.#gzip = options.gzip ?? true;
    this.#authorise = options.authorise ?? (() => true);
    this.#onError = neverThrowing(options.onError ?? warnSparingly(host));
    const resource = options.resource ?? source.resource;
    this.#exposition = {
      ...(resource && { resource }),
      scopeLabels: options.scopeLabels ?? true,
      onLeftOut: (error) => this.#tellOnce(error),
    };
  }

  /** Answers a request. Never rejects. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Without a listener, an error of a connection that is gone would end the process.
    response.on('error', ignore);
    const isOneTooMany = this.#underWay >= this.#maxScrapes;
    this.#underWay += 1;
    try {
      if (isOneTooMany) this.#refuse(response, 503, 'too many scrapes at once');
      else await this.#answer(request, response);
    } catch (thrown) {
      this.#fail(response, toError(thrown));
    } finally {
      this.#underWay -= 1;
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, headers } = request;
    if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return this.#refuse(response, 405, 'only GET and HEAD are allowed');
    }
    if (!(await this.#isAuthorised(request))) return this.#refuse(response, 403, 'not allowed');
    const format = acceptedFormat(headers.accept);
    const isZipped = this.#gzip && acceptsGzip(headers['accept-encoding']?.toString());
    if (method === 'HEAD') {
      writeHead(response, format, isZipped);
      response.end();
      return;
    }
    const metrics = await this.#collect.collect();
    // Nobody reads it any more.
    if (response.destroyed) return;
    writeHead(response, format, isZipped);
    await this.#send(response, writeExposition(metrics, format, this.#exposition, this.#labels), isZipped);
  }

  async #isAuthorised(request: IncomingMessage): Promise<boolean> {
    const options = { operation: 'authorising a scrape', timeoutMillis: this.#timeoutMillis, host: this.#host };
    // A function that is not typed may return anything: only `true` lets in.
    const answer: unknown = await withTimeout(Promise.resolve(this.#authorise(request)), options);
    return answer === true;
  }

  async #send(response: ServerResponse, chunks: Iterable<string>, isZipped: boolean): Promise<void> {
    const deadline = new AbortController();
    const timeoutMillis = this.#timeoutMillis;
    const cancel = this.#host.schedule(
      () => deadline.abort(new TimeoutError('writing metrics to a client', timeoutMillis)),
      timeoutMillis,
    );
    const { signal } = deadline;
    try {
      if (isZipped) await pipeline(inTurns(chunks), createGzip({ level: 1 }), response, { signal });
      else await pipeline(inTurns(chunks), response, { signal });
    } catch (error) {
      // A client that went away is no error of anybody's.
      if (signal.aborted) this.#onError(toError(signal.reason));
      else if (!isOfConnection(error)) throw error;
    } finally {
      cancel();
    }
  }

  #fail(response: ServerResponse, error: Error): void {
    this.#onError(error);
    // What was sent is not whole: cut, it is not taken for it.
    if (response.headersSent) response.destroy();
    else this.#refuse(response, 500, 'the metrics could not be collected');
  }

  #refuse(response: ServerResponse, status: number, reason: string): void {
    response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${reason}\n`);
  }

  #tellOnce(error: Error): void {
    if (this.#told.size >= MOST_TOLD || this.#told.has(error.message)) return;
    this.#told.add(error.message);
    this.#onError(error);
  }
}

function writeHead(response: ServerResponse, { contentType }: ExpositionFormat, isZipped: boolean): void {
  response.writeHead(200, {
    ...HEADERS,
    'content-type': contentType,
    ...(isZipped && { 'content-encoding': 'gzip' }),
    vary: 'Accept, Accept-Encoding',
  });
}

/** Lets the event loop work between chunks, for a client that takes them at once as well. */
async function* inTurns(chunks: Iterable<string>): AsyncGenerator<string> {
  for (const chunk of chunks) {
    yield chunk;
    await nextTurn();
  }
}

function isOfConnection(error: unknown): boolean {
  return error instanceof Error && 'code' in error && CONNECTION_CODES.has(error.code);
}

function ignore(): void {
  return undefined;
}
