import type { Attributes } from '@opentelemetry/api';
import { LEFT_OUT } from './leftOut.ts';
import { redisCommandName } from './redisCommand.ts';
import { redactSql } from './redactSql.ts';
import { redactQuery, redactUrl } from './redactUrl.ts';

/**
 * What may be kept of the value of one attribute.
 *
 * @param attributes - all of the span's
 */
export type AttributeRedactor = (value: string, attributes: Attributes) => string;

/** Databases whose queries are a command and its arguments. */
const COMMAND_DATABASES = new Set(['redis', 'valkey', 'memcached']);

/**
 * Attributes of the semantic conventions that hold what was asked for or answered, by the names of today and by those of
 * before (`http.target`, `db.statement`).
 */
export const ATTRIBUTE_REDACTORS: ReadonlyMap<string, AttributeRedactor> = new Map([
  ['url.full', redactUrl],
  ['url.path', redactUrl],
  ['url.query', redactQuery],
  ['http.url', redactUrl],
  ['http.target', redactUrl],
  ['client.address', redactAddress],
  ['http.client_ip', redactAddress],
  ['db.query.text', redactQueryText],
  ['db.statement', redactQueryText],
  ['db.connection_string', redactUrl],
  ['db.postgresql.values', () => LEFT_OUT],
]);

/** Attributes whose names begin so hold values that are nobody's business. */
export const REDACTED_PREFIXES = [
  'http.request.header.',
  'http.response.header.',
  'db.query.parameter.',
  'db.operation.parameter.',
] as const;

/** The address of a client is what a header says, and headers say anything. */
function redactAddress(value: string): string {
  return /^[\da-f:.]{2,45}$/i.test(value) ? value : LEFT_OUT;
}

function redactQueryText(value: string, attributes: Attributes): string {
  const system = attributes['db.system.name'] ?? attributes['db.system'];
  if (system === 'postgresql') return redactSql(value);
  if (typeof system === 'string' && COMMAND_DATABASES.has(system)) return redisCommandName(value.split(' ', 1)[0]);
  return redactSql(value, 'unknown');
}
