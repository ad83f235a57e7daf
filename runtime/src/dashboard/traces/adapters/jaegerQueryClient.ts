import { z } from 'zod';
import { withoutTracing } from '../../../tracing/context/withoutTracing.ts';
import { authorizationHeaders } from '../../../tracing/export/authorizationHeaders.ts';
import { errorCode } from '../../../tracing/export/errorCode.ts';
import { readBounded } from '../../adapters/readBounded.ts';
import { dataOfAnswer, type QueryAnswer } from '../jaegerAnswer.ts';
import type { JaegerQuery } from '../jaegerQuery.ts';
import {
  type JaegerQueryOptions,
  type ResolvedJaegerQueryOptions,
  resolveJaegerQueryOptions,
} from '../jaegerQueryOptions.ts';
import { type JaegerTrace, jaegerTraceSchema } from '../jaegerTrace.ts';
import { QueryTurns } from '../queryTurns.ts';
import { listOf } from '../listOf.ts';
import { parseTraceId } from '../traceId.ts';
import { TraceQueryError } from '../traceQueryError.ts';
import { type TraceSearch, traceSearchParameters } from '../traceSearch.ts';

/** How many queries may wait for their turn. */
const MOST_WAITING = 100;

/** What is shorter, such as the name of a tenant, may be anywhere in an answer. */
const SHORTEST_SECRET = 8;

const names = listOf(z.string()).nullable();
const operations = listOf(z.object({ name: z.string() })).nullable();
const traces = listOf(jaegerTraceSchema).nullable();

/**
 * Asks Jaeger's query API over HTTP. Each query is bounded in time and size, redirections are not followed, and no query is
 * traced.
 */
export class JaegerQueryClient implements JaegerQuery {
  readonly address: string;
  readonly #options: ResolvedJaegerQueryOptions;
  readonly #headers: Readonly<Record<string, string>>;
  /** What is sent to be let in, as a whole and without its scheme. */
  readonly #secrets: readonly string[];
  readonly #turns: QueryTurns;

  /** @throws ConfigurationError with everything that is wrong with the options */
  constructor(options: JaegerQueryOptions) {
    this.#options = resolveJaegerQueryOptions(options);
    const { url, headers, credentials, maxQueries } = this.#options;
    this.address = url;
    const revealed = Object.entries(headers).map(([name, value]) => [name, value.reveal()] as const);
    this.#headers = {
      accept: 'application/json',
      ...Object.fromEntries(revealed),
      ...authorizationHeaders(credentials),
    };
    const sent = [...revealed.map(([, value]) => value), ...Object.values(authorizationHeaders(credentials))];
    this.#secrets = sent
      .flatMap((value) => [value, value.replace(/^\w+ /, '')])
      .filter((secret) => secret.length >= SHORTEST_SECRET);
    this.#turns = new QueryTurns(maxQueries, MOST_WAITING);
  }

  async services(): Promise<readonly string[]> {
    return sorted((await this.#get('/api/services', names)) ?? []);
  }

  async operations(service: string): Promise<readonly string[]> {
    // Unlike the address with the service in its path, this one takes names with slashes and plus signs.
    const found = await this.#get(`/api/operations?${new URLSearchParams({ service }).toString()}`, operations);
    return sorted((found ?? []).map(({ name }) => name));
  }

  async find(search: TraceSearch): Promise<readonly JaegerTrace[]> {
    const found = (await this.#get(`/api/traces?${traceSearchParameters(search).toString()}`, traces)) ?? [];
    return found
      .map((trace) => ({ trace, start: startOf(trace) }))
      .sort((left, right) => right.start - left.start)
      .map(({ trace }) => trace);
  }

  async trace(traceId: string): Promise<JaegerTrace> {
    const id = parseTraceId(traceId);
    if (id === undefined)
      throw new TraceQueryError('badQuery', 'a trace ID has 16 to 32 hexadecimal digits, not all 0');
    const [trace] = (await this.#get(`/api/traces/${id}`, traces)) ?? [];
    if (trace === undefined) throw new TraceQueryError('notFound', `Jaeger has no trace ${id}`);
    return trace;
  }

  async #get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), this.#options.timeoutMillis).unref();
    try {
      if (!(await this.#turns.enter(deadline.signal)))
        throw new TraceQueryError('slow', 'too many queries to Jaeger are under way; try again in some seconds');
      try {
        return dataOfAnswer(await this.#fetch(path, deadline.signal), schema);
      } finally {
        this.#turns.leave();
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async #fetch(path: string, signal: AbortSignal): Promise<QueryAnswer> {
    try {
      const response = await withoutTracing(() =>
        fetch(`${this.address}${path}`, { headers: this.#headers, redirect: 'manual', signal }),
      );
      const { status, headers } = response;
      const body = await this.#bodyOf(response);
      return { address: this.address, status, location: headers.get('location'), body };
    } catch (thrown) {
      if (thrown instanceof TraceQueryError) throw thrown;
      throw signal.aborted ? this.#tooSlow(thrown) : this.#unreachable(thrown);
    }
  }

  async #bodyOf(response: Response): Promise<string> {
    const body = await readBounded(response, this.#options.maxAnswerBytes);
    if (body === undefined) throw this.#tooLarge();
    // Proxies repeat what they were sent, and of what failed some is shown. Traces may say the name of a tenant.
    if (response.status === 200) return body;
    return this.#secrets.reduce((text, secret) => text.replaceAll(secret, '[REDACTED]'), body);
  }

  #tooLarge(): TraceQueryError {
    const most = `${Math.floor(this.#options.maxAnswerBytes / 1024)} KiB`;
    return new TraceQueryError(
      'tooLarge',
      `${this.address} answers with more than ${most}, which is not read; seek fewer traces or a shorter time, or look at the trace in Jaeger's UI`,
    );
  }

  #tooSlow(cause: unknown): TraceQueryError {
    return new TraceQueryError(
      'slow',
      `${this.address} has not answered within ${this.#options.timeoutMillis} ms; seek a shorter time, or see whether Jaeger and its storage are busy`,
      { cause },
    );
  }

  /** What `fetch` rejects with says nothing; its cause does. */
  #unreachable(thrown: unknown): TraceQueryError {
    const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
    const code = errorCode(cause) ?? 'the connection broke';
    return new TraceQueryError(
      'unreachable',
      `${this.address} cannot be reached (${code}); see that Jaeger's query service runs, that the address is right, and that a network policy lets this process reach it`,
      { cause: thrown },
    );
  }
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

function startOf({ spans }: JaegerTrace): number {
  return (spans ?? []).reduce((least, { startTime }) => Math.min(least, startTime), Number.MAX_VALUE);
}
