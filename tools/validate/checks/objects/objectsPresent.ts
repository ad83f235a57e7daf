import type { KubernetesObject } from '@kubernetes/client-node';
import type { Check } from '../../check.ts';
import { describeObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { judgeLive } from './judgeLive.ts';

const expected = 'present';

/** Whatever the stack's state says it made is in the cluster. */
export const objectsPresent: Check = {
  id: 'objects-present',
  component: 'objects',
  title: 'every object that the stack declares is in the cluster',
  run: async ({ deployment }) => {
    const declared = await deployment.declared();
    return judgeLive(deployment, declared, expected, (object, live) => [judgePresence(describeObject(object), live)]);
  },
};

function judgePresence(subject: string, live: KubernetesObject | undefined): Finding {
  if (live !== undefined) return { outcome: 'ok', subject, expected, found: 'present' };
  return {
    outcome: 'failed',
    subject,
    expected,
    found: 'missing',
    mend: '`npm run up` makes it anew; whoever has deleted it may do so again',
  };
}
