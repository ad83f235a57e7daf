import { nextTurn } from '../../../core/adapters/nextTurn.ts';
import type { ErrorGroups } from '../../../errors/groups/errorGroups.ts';
import { MOST_OF_A_TRACE, type TraceError } from './traceSchema.ts';

/** Groups that are looked at in a turn, and in all: those that were seen last. */
const GROUPS_IN_A_TURN = 100;
const MOST_TURNS = 20;

/** The whole of it is with its group. */
const MOST_MESSAGE_LENGTH = 500;

/**
 * The errors of a trace, of those that are kept whole, the oldest first. Looks at the 2000 groups that were seen last, and gives
 * the application a turn in between.
 *
 * @param traceId - 32 hexadecimal digits
 */
export async function errorsOfTrace(groups: Pick<ErrorGroups, 'query'>, traceId: string): Promise<TraceError[]> {
  const errors: TraceError[] = [];
  let cursor: string | undefined;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const page = groups.query({}, { limit: GROUPS_IN_A_TURN, ...(cursor !== undefined && { cursor }) });
    errors.push(...page.groups.flatMap((group) => errorsOfGroup(group, traceId)));
    cursor = page.nextCursor;
    if (cursor === undefined) break;
    await nextTurn();
  }
  return errors.sort((left, right) => left.atMillis - right.atMillis).slice(0, MOST_OF_A_TRACE);
}

type Group = ReturnType<ErrorGroups['query']>['groups'][number];

function errorsOfGroup({ id, severity, events }: Group, traceId: string): TraceError[] {
  return events
    .filter((event) => event.traceId === traceId)
    .map(({ error, isHandled, atMillis, spanId, sampled }) => ({
      groupId: id,
      type: error.type,
      message: error.message.slice(0, MOST_MESSAGE_LENGTH),
      severity,
      isHandled,
      atMillis,
      ...(spanId !== undefined && { spanId }),
      ...(sampled !== undefined && { sampled }),
    }));
}
