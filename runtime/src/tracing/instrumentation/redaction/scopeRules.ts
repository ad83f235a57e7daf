import type { Attributes } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/sdk-trace';
import { type AttributeRedactor, ATTRIBUTE_REDACTORS } from './attributeRedactors.ts';
import { LEFT_OUT } from './leftOut.ts';
import type { ErrorOrigin } from './recordedError.ts';
import { redisCommandName } from './redisCommand.ts';

/** What has to be redacted of the spans of one instrumentation. */
export interface ScopeRules {
  /** The attributes to look at, one by one: going through all of a span's costs more than the few that matter. */
  readonly attributes: readonly (readonly [string, AttributeRedactor])[];
  /** The span's name, made of what was redacted. Called after the attributes. */
  readonly name?: (span: Span) => string;
  /** Whom the errors come from that these spans record. */
  readonly origin?: Exclude<ErrorOrigin, 'application'>;
}

/** By the name of the instrumentation, which is that of the scope of its spans. */
export const SCOPE_RULES: ReadonlyMap<string, ScopeRules> = new Map<string, ScopeRules>([
  ['@opentelemetry/instrumentation-http', { attributes: rulesFor('url.full', 'url.query', 'client.address') }],
  ['@opentelemetry/instrumentation-undici', { attributes: rulesFor('url.full', 'url.query') }],
  ['@opentelemetry/instrumentation-express', { attributes: [] }],
  ['@fastify/otel', { attributes: rulesFor('url.path') }],
  [
    '@opentelemetry/instrumentation-pg',
    {
      attributes: [...rulesFor('db.query.text'), ['db.namespace', redactNamespace]],
      name: postgresSpanName,
      origin: 'postgresql',
    },
  ],
  ['@opentelemetry/instrumentation-ioredis', { attributes: redisRules(), name: ioredisSpanName, origin: 'redis' }],
  ['@opentelemetry/instrumentation-redis', { attributes: redisRules(), name: redisSpanName, origin: 'redis' }],
]);

function rulesFor(...keys: readonly string[]): readonly (readonly [string, AttributeRedactor])[] {
  return keys.flatMap((key) => {
    const redact = ATTRIBUTE_REDACTORS.get(key);
    return redact === undefined ? [] : [[key, redact] as const];
  });
}

/** Of a connection string with a password that nobody encoded, pg takes a part of the password for the database. */
function redactNamespace(namespace: string): string {
  return namespace.includes('@') ? LEFT_OUT : namespace;
}

/**
 * The instrumentation takes everything up to the first space for the operation: of `SELECT\n'…'` that is a literal. So the
 * operation is read again, from the statement that was redacted.
 */
function postgresSpanName({ name, attributes }: Span): string {
  if (!name.startsWith('pg.query')) return name;
  const operation = attributes['db.postgresql.plan'] ?? operationOf(attributes);
  if (typeof operation !== 'string' || operation === '') return 'pg.query';
  const namespace = attributes['db.namespace'];
  return typeof namespace === 'string' && namespace !== ''
    ? `pg.query:${operation} ${namespace}`
    : `pg.query:${operation}`;
}

function operationOf(attributes: Attributes): string | undefined {
  const text = attributes['db.query.text'];
  return typeof text === 'string' ? /^\W*([a-z]+)/i.exec(text)?.[1]?.toUpperCase() : undefined;
}

function redisRules(): ScopeRules['attributes'] {
  return [['db.operation.name', redactRedisOperation]];
}

function redactRedisOperation(operation: string): string {
  const [, batch = '', command = operation] = /^(MULTI |PIPELINE )(.*)$/su.exec(operation) ?? [];
  return batch + redisCommandName(command);
}

function ioredisSpanName({ name }: Span): string {
  return redisCommandName(name);
}

function redisSpanName({ name }: Span): string {
  return `redis-${redisCommandName(name.slice('redis-'.length))}`;
}
