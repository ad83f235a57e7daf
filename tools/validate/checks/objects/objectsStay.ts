import type { Check } from '../../check.ts';
import { describeObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';

/** Nothing that the stack declares is on its way out. */
export const objectsStay: Check = {
  id: 'objects-stay',
  component: 'objects',
  title: 'no object that the stack declares is being deleted',
  run: async ({ deployment }) => {
    const declared = await deployment.declared();
    const found = declared.map(async (object): Promise<Finding[]> => {
      const live = await deployment.live(object);
      if (live === undefined) return [];
      const subject = describeObject(object);
      const { deletionTimestamp, finalizers = [] } = live.metadata ?? {};
      if (deletionTimestamp === undefined)
        return [{ outcome: 'ok', subject, expected: 'there to stay', found: 'there to stay' }];
      const since = new Date(deletionTimestamp).toISOString().replace(/\.\d+Z$/, 'Z');
      const waits = finalizers.length === 0 ? '' : `, and waits for ${finalizers.join(', ')}`;
      return [
        {
          outcome: 'failed',
          subject,
          expected: 'there to stay',
          found: `being deleted since ${since}${waits}`,
          mend: 'see who deletes it; once it is gone, `npm run up` makes it anew',
        },
      ];
    });
    return (await Promise.all(found)).flat();
  },
};
