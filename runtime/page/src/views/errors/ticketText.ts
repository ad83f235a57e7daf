import type { ErrorDetailResult } from '../../../../src/dashboard/api/errors/errorDetailSchema.ts';
import type { ShownFrame } from '../../../../src/dashboard/api/errors/errorEventSchema.ts';
import { usersText } from './errorWords.ts';

const MOST_FRAMES = 15;

/** A group as a text for a ticket: what it is, how bad, where to look, and the stack of the error that is shown. */
export function ticketText({ group, event }: Pick<ErrorDetailResult, 'group' | 'event'>, link: string): string {
  const { id, type, message, code, culprit, severity, category, state, count } = group;
  const { users, hasMoreUsers, firstSeenMillis, lastSeenMillis, firstRelease, lastRelease } = group;
  const lines = [
    `${type}: ${message}`,
    '',
    `Group:      ${id} (${state})`,
    `Severity:   ${severity}, ${category}`,
    code === undefined ? undefined : `Code:       ${code}`,
    culprit === undefined ? undefined : `Place:      ${culprit}`,
    `Errors:     ${count}, users: ${usersText(users, hasMoreUsers)}`,
    `First seen: ${seen(firstSeenMillis, firstRelease)}`,
    `Last seen:  ${seen(lastSeenMillis, lastRelease)}`,
    event?.traceId === undefined
      ? undefined
      : `Trace:      ${event.traceId}${event.sampled === false ? ' (not sampled)' : ''}`,
    event?.request.id === undefined ? undefined : `Request:    ${event.request.id}`,
    `Link:       ${link}`,
  ];
  return [...lines.filter((line) => line !== undefined), ...stackLines(event)].join('\n');
}

/** A frame as Node.js writes it. */
export function frameText({ functionName, file, line, column, isAsync }: ShownFrame): string {
  const place = [file ?? 'native code', line, column].filter((part) => part !== undefined).join(':');
  return `at ${isAsync ? 'async ' : ''}${functionName === undefined ? place : `${functionName} (${place})`}`;
}

function stackLines(event: ErrorDetailResult['event']): string[] {
  if (event === undefined) return [];
  return event.chain.flatMap(({ relation, type, message, frames }) => {
    const head = relation === 'thrown' ? `${type}: ${message}` : `${relation} ${type}: ${message}`;
    const shown = frames.slice(0, MOST_FRAMES).map((frame) => `    ${frameText(frame)}`);
    const more = frames.length - shown.length;
    return ['', head, ...shown, ...(more > 0 ? [`    … ${more} more`] : [])];
  });
}

function seen(millis: number, release: string | undefined): string {
  return `${new Date(millis).toISOString()}${release === undefined ? '' : ` in ${release}`}`;
}
