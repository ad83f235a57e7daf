import { z } from '@hono/zod-openapi';
import type { ViewSource } from '../../viewSource.ts';

/** Of which instance something is asked. */
export const instanceText = z
  .string()
  .min(1)
  .max(500)
  .optional()
  .openapi({ description: 'ID of one of the instances; of all if left out.' });

/** Whether an instance is meant. Others say nothing: the largest series of all may be none of the one that is asked for. */
export function isAsked(
  { instance }: { readonly instance?: string | undefined },
  source: Pick<ViewSource, 'instance'>,
): boolean {
  return instance === undefined || instance === source.instance.id;
}
