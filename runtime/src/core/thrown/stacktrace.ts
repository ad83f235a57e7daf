import { types } from 'node:util';
import { cutText } from '../redaction.ts';
import { exceptionMessage, exceptionType } from './describeException.ts';
import { readProperty, readText } from './thrownProperty.ts';

const MAX_LENGTH = 16_384;
const MAX_CAUSES = 5;
const MAX_AGGREGATED = 5;

/**
 * The stack trace of whatever was thrown, followed by those of its causes, the outermost first, each after a line
 * `Caused by: `; the errors that an `AggregateError` holds come after its own, as `[1 of 3] `. At most 5 causes and 5 errors
 * of each aggregate are shown, of what is left out it says so, and a chain that comes back to itself ends there. At most
 * 16,384 characters. Never throws.
 *
 * @returns `undefined` for what has neither a stack nor causes
 */
export function stacktraceOf(thrown: unknown): string | undefined {
  const lines: string[] = [];
  const seen = new Set<unknown>();
  let link = thrown;
  for (let depth = 0; link !== undefined && link !== null; depth += 1) {
    if (depth > MAX_CAUSES) {
      lines.push('Caused by: [further causes]');
      break;
    }
    const prefix = depth === 0 ? '' : 'Caused by: ';
    if (seen.has(link)) {
      lines.push(`${prefix}[one of the above] ${headOf(link)}`);
      break;
    }
    seen.add(link);
    lines.push(prefix + ownStackOf(link), ...aggregatedStacks(link));
    link = readProperty(link, 'cause');
  }
  const isBare = lines.length <= 1 && readText(thrown, 'stack') === undefined;
  return isBare ? undefined : cutText(lines.join('\n'), MAX_LENGTH);
}

function aggregatedStacks(thrown: unknown): string[] {
  const errors = readProperty(thrown, 'errors');
  if (exceptionType(thrown) !== 'AggregateError' || types.isProxy(errors) || !Array.isArray(errors)) return [];
  const count = errors.length;
  const shown = Array.from({ length: Math.min(count, MAX_AGGREGATED) }, (_, index) =>
    readProperty(errors, String(index)),
  );
  const stacks = shown.map((error, index) => `[${index + 1} of ${count}] ${ownStackOf(error)}`);
  return count > MAX_AGGREGATED ? [...stacks, `[${count - MAX_AGGREGATED} further errors]`] : stacks;
}

/** V8 begins it with type and message. */
function ownStackOf(thrown: unknown): string {
  return cutText(readText(thrown, 'stack') ?? headOf(thrown), MAX_LENGTH);
}

function headOf(thrown: unknown): string {
  const message = exceptionMessage(thrown);
  return message === '' ? exceptionType(thrown) : `${exceptionType(thrown)}: ${message}`;
}
