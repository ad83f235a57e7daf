import type { RuleSet } from '../classification.ts';
import { classificationOf } from '../codeTable.ts';

/** Attributes that only spans of calls to a database have. */
const OF_DATABASES: readonly string[] = ['db.system.name', 'db.system', 'db.query.text', 'db.statement'];
/** Attributes that only spans of calls to others have. */
const OF_CALLS: readonly string[] = ['rpc.system', 'rpc.service', 'messaging.system', 'peer.service'];

/**
 * What was known where the error happened: the attributes of a span.
 *
 * Source: OpenTelemetry semantic conventions 1.45, "Database", "RPC", "Messaging"; the older names stay in use.
 */
export function contextRules(): RuleSet {
  const database = classificationOf('database', 'context.database');
  const call = classificationOf('external_service', 'context.call');
  return (_error, { context }) => {
    if (OF_DATABASES.some((name) => Object.hasOwn(context, name))) return database;
    return OF_CALLS.some((name) => Object.hasOwn(context, name)) ? call : undefined;
  };
}

/** Whether the error happened in a call to a database. */
export function isInDatabaseCall(context: Readonly<Record<string, unknown>>): boolean {
  return OF_DATABASES.some((name) => Object.hasOwn(context, name));
}
