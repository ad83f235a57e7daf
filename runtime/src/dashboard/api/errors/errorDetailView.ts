import type { ViewSource } from '../../viewSource.ts';
import { defineView } from '../view.ts';
import { detailOf } from './detailOf.ts';
import { errorDetailPart, errorDetailQuery, errorDetailResult } from './errorDetailSchema.ts';
import { detailTogether, ownEventKey } from './detailTogether.ts';

/** A group of errors with everything that is known of it. */
export const errorDetailView = defineView({
  path: 'errors/{id}',
  summary: 'A group of errors: how it came, whom it hit, what people made of it, and one of its errors whole',
  query: errorDetailQuery,
  part: errorDetailPart,
  result: errorDetailResult,
  read: ({ observability: { errors }, instance }: ViewSource, query) =>
    errors && detailOf(errors, query, ownEventKey(query.event, instance.id)),
  merge: detailTogether,
  missing: ({ id }) =>
    `No error group has the ID ${id}: none of its errors was seen here, or it was let go of since ` +
    '(resolvedKeptMillis, maxGroups, maxBytes).',
});
