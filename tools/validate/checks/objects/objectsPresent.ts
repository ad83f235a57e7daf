import type { Check } from '../../check.ts';
import { describeObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';

/** Whatever the stack's state says it made is in the cluster. */
export const objectsPresent: Check = {
  id: 'objects-present',
  component: 'objects',
  title: 'every object that the stack declares is in the cluster',
  run: async ({ deployment }) => {
    const declared = await deployment.declared();
    const live = await Promise.all(declared.map((object) => deployment.live(object)));
    return declared.map((object, index): Finding => {
      const subject = describeObject(object);
      if (live[index] !== undefined) return { outcome: 'ok', subject, expected: 'present', found: 'present' };
      return {
        outcome: 'failed',
        subject,
        expected: 'present',
        found: 'missing',
        mend: '`npm run up` makes it anew; whoever has deleted it may do so again',
      };
    });
  },
};
