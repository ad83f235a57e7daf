import { sqlStateName } from './sqlStateName.ts';

/** What the server or the client says in words of its own. */
const OWN_WORDS = new Set([
  'canceling statement due to statement timeout',
  'canceling statement due to lock timeout',
  'canceling statement due to user request',
  'current transaction is aborted, commands ignored until end of transaction block',
  'could not serialize access due to concurrent update',
  'could not serialize access due to concurrent delete',
  'could not serialize access due to read/write dependencies among transactions',
  'deadlock detected',
  'division by zero',
  'numeric field overflow',
  'smallint out of range',
  'integer out of range',
  'bigint out of range',
  'sorry, too many clients already',
  'remaining connection slots are reserved for roles with the SUPERUSER attribute',
  'the database system is starting up',
  'the database system is shutting down',
  'the database system is in recovery mode',
  'terminating connection due to administrator command',
  'terminating connection due to idle-in-transaction timeout',
  'terminating connection due to unexpected postmaster exit',
  'Called end on pool more than once',
  'Cannot use a pool after calling end on the pool',
  'Client has already been connected. You cannot reuse a client.',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'Connection terminated',
  'Connection terminated due to connection timeout',
  'Connection terminated unexpectedly',
  'Query read timeout',
  'The server does not support SSL connections',
  'timeout expired',
  'timeout exceeded when trying to connect',
]);

/** An identifier of the catalogue, or of the statement: those are in the statement's text as well. */
const NAME = '"[^"]{1,63}"';

const OWN_WORDS_WITH_NAMES = [
  `duplicate key value violates unique constraint ${NAME}`,
  `conflicting key value violates exclusion constraint ${NAME}`,
  `insert or update on table ${NAME} violates foreign key constraint ${NAME}`,
  `update or delete on table ${NAME} violates foreign key constraint ${NAME} on table ${NAME}`,
  `new row for relation ${NAME} violates check constraint ${NAME}`,
  `null value in column ${NAME} of relation ${NAME} violates not-null constraint`,
  `(?:relation|column|table|schema|role|database) ${NAME} does not exist`,
  `permission denied for (?:table|schema|sequence|database) [\\w$]{1,63}`,
  'cannot execute [A-Z ]{1,40} in a read-only transaction',
  // A system call of Node.js: its name, the error, and at most a host and a port.
  '(?:connect|read|write|shutdown|getaddrinfo|queryA{1,4}) E[A-Z_]{2,20}(?: [\\w.:\\-/]{1,255})?',
].map((sentence) => new RegExp(`^${sentence}$`, 'u'));

/**
 * An error of PostgreSQL or of its client without the values that it quotes (`invalid input syntax for type integer:
 * "…"`), or that a function of the application put there (`RAISE EXCEPTION`): the whole of it where it is a sentence that
 * holds names alone, otherwise what the code means.
 *
 * @param code - the SQLSTATE, or Node.js' code of a system error, where it is known
 */
export function redactPostgresMessage(message: string, code?: string): string {
  if (OWN_WORDS.has(message) || OWN_WORDS_WITH_NAMES.some((sentence) => sentence.test(message))) return message;
  return code === undefined ? 'PostgreSQL error (redacted)' : sqlStateName(code);
}
