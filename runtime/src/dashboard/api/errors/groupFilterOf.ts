import type { GroupListFilter } from '../../../errors/groups/query/groupList.ts';
import type { ErrorsQuery } from './errorsSchema.ts';

/** What the tracker is asked for. */
export function groupFilterOf(query: Omit<ErrorsQuery, 'window' | 'order' | 'limit'>): GroupListFilter {
  const { text, category, severity, state, release, userId, handled, seen, happened } = query;
  return {
    ...(text !== undefined && { text }),
    ...(category !== undefined && { category }),
    ...(severity !== undefined && { severity }),
    ...(state === 'unresolved' ? { isUnresolved: true } : state !== undefined && { state }),
    ...(release !== undefined && { release }),
    ...(userId !== undefined && { userId }),
    ...(handled !== undefined && { isHandled: handled === 'true' }),
    ...(happened !== undefined && { happened }),
    ...(seen !== undefined && { isInWindow: seen === 'true' }),
  };
}
