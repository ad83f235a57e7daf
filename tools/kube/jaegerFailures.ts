import { kafkaFailure } from './kafkaFailures.ts';
import { linesOf, parseLogEntry, shorten, type LogEntry } from './logLines.ts';

/**
 * What goes wrong in a Jaeger container that runs, from the newest part of its log: a storage that does not take or give
 * spans, a Kafka that does not, sampling strategies that were not taken, collectors that the agent does not reach. One sentence for each cause.
 *
 * Messages: Jaeger 1.50 `pkg/es/config/config.go`, `plugin/storage/es/factory.go`, `cmd/query/app/http_handler.go`,
 * `plugin/sampling/strategystore/static/strategy_store.go`, `cmd/agent/app/reporter/grpc/reporter.go`.
 */
export function jaegerFailures(log: string): string[] {
  const entries = linesOf(log).flatMap((line) => parseLogEntry(line) ?? []);
  return [...new Set(entries.flatMap((entry, index) => failureOf(entry, entries.slice(index + 1)) ?? []))];
}

const samplingFailures: ReadonlySet<string> = new Set([
  'failed to update sampling strategies',
  'failed to re-load sampling strategies',
]);

/** @param later - What the log says after the entry: a failure that has passed by then is none. */
function failureOf(entry: LogEntry, later: readonly LogEntry[]): string | undefined {
  switch (entry.message) {
    case 'Elasticsearch could not process bulk request':
    case 'Elasticsearch part of bulk request failed':
      return `spans are not stored: ${storageCause(entry.text) ?? causeOf(entry)}`;
    case 'HTTP handler, Internal Server Error':
    case 'failed when searching for traces':
    case 'failed to fetch services':
    case 'failed to fetch operations':
    case 'failed to fetch spans from the backend':
      return `traces cannot be read: ${storageCause(entry.text) ?? causeOf(entry)}`;
    case 'failed to reload password for Elasticsearch client':
    case 'failed to recreate Elasticsearch client with new password':
      return `the new password is not taken: ${storageCause(entry.text) ?? causeOf(entry)}`;
    case 'Could not send spans over gRPC':
      return `the collectors do not take its spans: ${causeOf(entry)}`;
    default:
      if (!samplingFailures.has(entry.message)) return kafkaFailure(entry);
      if (isLoadedAgain(later)) return undefined;
      return `keeps the sampling strategies it has: ${causeOf(entry)}`;
  }
}

/** The file is read at every interval; a look that no failure follows has found it in order. */
function isLoadedAgain(later: readonly LogEntry[]): boolean {
  const last = later.findLastIndex(({ message }) => message === 'Loading sampling strategies');
  return last >= 0 && !later.slice(last).some(({ message }) => samplingFailures.has(message));
}

function causeOf({ error, text }: LogEntry): string {
  return shorten(error === '' ? text : error);
}

// The first that fits is said. Texts of Go's crypto/x509 and net, olivere/elastic, and Elasticsearch 7.17.
const storageCauses: readonly (readonly [RegExp, string])[] = [
  [/x509: certificate signed by unknown authority/, 'the CA does not vouch for the certificate of Elasticsearch'],
  [
    /x509: certificate has expired or is not yet valid/,
    'the certificate of Elasticsearch has expired or is not yet valid',
  ],
  [/x509: certificate is (?:not )?valid for/, 'the certificate of Elasticsearch is for another name'],
  [/x509: /, 'the certificate of Elasticsearch is not valid'],
  [
    /remote error: tls: |No required SSL certificate|SSL certificate error/,
    'Elasticsearch refuses the client certificate',
  ],
  [/server gave HTTP response to HTTPS client/, 'Elasticsearch speaks http, not https'],
  [/Error 401\b|"status":401/, 'Elasticsearch refused the user name or password (401)'],
  [
    /flood-stage watermark|read-only-allow-delete|read-only \/ allow delete/,
    'a disk of Elasticsearch is nearly full, so that it takes no writes (flood-stage watermark)',
  ],
  [/Error 403\b|"status":403/, 'Elasticsearch does not let the user do this (403): it lacks a privilege'],
  [
    /unavailable_shards_exception|no_shard_available|all shards failed|primary shard is not active/,
    'shards of an index are not available',
  ],
  [/master_not_discovered|no master|SERVICE_UNAVAILABLE/, 'the Elasticsearch cluster has no master'],
  [/es_rejected_execution|circuit_breaking_exception|Error 429\b/, 'Elasticsearch is overloaded and refuses writes'],
  [/no such host|server misbehaving/, 'the name of Elasticsearch does not resolve'],
  [
    /connection refused|no Elasticsearch node available|no available connection|no route to host|network is unreachable|i\/o timeout|connection reset|: EOF|deadline exceeded|Error 50[234]\b/,
    'Elasticsearch does not answer',
  ],
];

/** The plain words for what a storage error says; undefined for an error that is none of the known. */
export function storageCause(text: string): string | undefined {
  return storageCauses.find(([pattern]) => pattern.test(text))?.[1];
}
