import { z } from 'zod';
import { parsedJson } from '../../core/parsedJson.ts';
import { printableExcerpt } from '../../tracing/export/printableExcerpt.ts';
import { listOf } from './listOf.ts';
import { TraceQueryError, type TraceQueryErrorKind } from './traceQueryError.ts';

/** What a server answered to a query. */
export interface QueryAnswer {
  readonly address: string;
  /** HTTP status. */
  readonly status: number;
  /** The `location` of a redirection. */
  readonly location: string | null;
  readonly body: string;
}

/** Of a longer one nothing is said: it is not Jaeger's. */
const MOST_ERROR_LENGTH = 100_000;

const errorsSchema = z.object({ errors: listOf(z.object({ msg: z.string() })) });

const dataSchema = z.object({ data: z.unknown() });

/**
 * What Jaeger answered, as the schema has it.
 *
 * @throws TraceQueryError for everything else
 */
export function dataOfAnswer<Schema extends z.ZodType>(answer: QueryAnswer, schema: Schema): z.output<Schema> {
  const { address, status } = answer;
  if (status !== 200) throw errorOfAnswer(answer);
  const parsed = dataSchema.safeParse(parsedJson(answer.body));
  if (!parsed.success)
    throw new TraceQueryError(
      'broken',
      `${address} answers, but not as Jaeger's query API${saidBy(answer.body)}; see that the address is that of Jaeger's ` +
        "query service, with the path that QUERY_BASE_PATH has, and without /api or the UI's pages",
      { status },
    );
  const data = schema.safeParse(parsed.data.data);
  if (data.success) return data.data;
  const issue = data.error.issues[0];
  const where = issue === undefined ? 'unknown' : printableExcerpt(`${issue.path.join('.')}: ${issue.message}`);
  throw new TraceQueryError(
    'broken',
    `${address} answers in a form that is not that of Jaeger 1.50 (${where}); see which version it is`,
    { status, cause: data.error },
  );
}

function errorOfAnswer(answer: QueryAnswer): TraceQueryError {
  const { address, status, location, body } = answer;
  const said = jaegerErrorIn(body);
  const failed = (kind: TraceQueryErrorKind, message: string): TraceQueryError =>
    new TraceQueryError(kind, message, { status });
  if (status >= 300 && status < 400) return failed('refused', redirectionText(address, status, location));
  if (status === 401 || status === 403)
    return failed(
      'refused',
      `${address} answers ${status}: what stands before Jaeger does not let this process in; check the credentials that the dashboard was given for Jaeger's query API`,
    );
  // A 404 that Jaeger did not write is that of a proxy, or of another server.
  if (status === 404 && said !== undefined) return failed('notFound', `Jaeger has no such trace: ${said}`);
  if (status === 400 && said !== undefined) return failed('badQuery', `Jaeger does not understand the search: ${said}`);
  if (status === 414 || status === 431)
    return failed('badQuery', `${address} answers ${status}: the search is too long; seek fewer tags`);
  if (status === 429)
    return failed('slow', `${address} answers 429: it is asked too often at the moment; try again in a minute`);
  if (status === 502 || status === 503)
    return failed(
      'unreachable',
      `${address} answers ${status}: what stands before Jaeger reaches no query service; see whether its pods are ready`,
    );
  if (status === 504)
    return failed('slow', `${address} answers 504: Jaeger was too slow for what stands before it; seek a shorter time`);
  if (status >= 500)
    return failed(
      'broken',
      `${address} answers ${status}${said === undefined ? saidBy(body) : `: ${said}`}; see the log of Jaeger's query service, and whether its storage is up`,
    );
  return failed('broken', `${address} answers ${status}${saidBy(body)}; check the path of the address`);
}

function redirectionText(address: string, status: number, location: string | null): string {
  // The rest of the address may hold what a log-in is known by.
  const to = location !== null && URL.canParse(location, address) ? ` to ${new URL(location, address).origin}` : '';
  return (
    `${address} answers ${status} and sends${to}, which is not followed: a proxy that wants a log-in is likely; give the ` +
    'address of the query service itself, or credentials that the proxy takes'
  );
}

/** What Jaeger says went wrong, on one line; `undefined` where it is not Jaeger that speaks. */
function jaegerErrorIn(body: string): string | undefined {
  const parsed = errorsSchema.safeParse(body.length > MOST_ERROR_LENGTH ? undefined : parsedJson(body));
  const message = parsed.success ? parsed.data.errors[0]?.msg : undefined;
  return message === undefined ? undefined : printableExcerpt(message.slice(0, 1000));
}

function saidBy(body: string): string {
  const excerpt = printableExcerpt(body.slice(0, 1000));
  return excerpt === '' ? '' : ` (it says: ${excerpt})`;
}
