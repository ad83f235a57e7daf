import type { InstancePart } from '../view.ts';
import type { ErrorDetailPart, ErrorDetailResult, GroupResolutionChange } from './errorDetailSchema.ts';

type Shown = ErrorDetailResult['history'][number];

/** What is done on the page is done on every instance within moments; clocks may differ by some seconds. */
const AT_ONCE_MILLIS = 10_000;

/** What was done with a group, the oldest first. What somebody did on several instances at once stands once. */
export function historyTogether(parts: readonly InstancePart<Pick<ErrorDetailPart, 'history'>>[]): Shown[] {
  const changes = parts
    .flatMap(({ instance, part }) => part.history.map((change) => ({ ...change, instances: [instance.id] })))
    .sort((a, b) => a.atMillis - b.atMillis);
  const shown: Shown[] = [];
  for (const change of changes) {
    const same = shown.findLast((one) => isSame(one, change) && !one.instances.includes(change.instances[0] ?? ''));
    if (same) same.instances.push(...change.instances);
    else shown.push(change);
  }
  return shown;
}

/** What happened by itself happened on each instance by itself. */
function isSame(one: GroupResolutionChange, other: GroupResolutionChange): boolean {
  return (
    one.by !== undefined &&
    one.by === other.by &&
    one.from === other.from &&
    one.to === other.to &&
    one.note === other.note &&
    one.release === other.release &&
    one.untilCount === other.untilCount &&
    other.atMillis - one.atMillis <= AT_ONCE_MILLIS
  );
}
