import type { KubernetesObject } from '@kubernetes/client-node';
import { secondOf } from '../../../values/secondOf.ts';
import type { Check } from '../../check.ts';
import { describeObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { judgeLive } from './judgeLive.ts';

const expected = 'there to stay';

/** Nothing that the stack declares is on its way out. */
export const objectsStay: Check = {
  id: 'objects-stay',
  component: 'objects',
  title: 'no object that the stack declares is being deleted',
  run: async ({ deployment }) => {
    const declared = await deployment.declared();
    return judgeLive(deployment, declared, expected, (object, live) =>
      live === undefined ? [] : [judgeStay(describeObject(object), live)],
    );
  },
};

function judgeStay(subject: string, { metadata }: KubernetesObject): Finding {
  const { deletionTimestamp, finalizers = [] } = metadata ?? {};
  if (deletionTimestamp === undefined) return { outcome: 'ok', subject, expected, found: expected };
  const since = secondOf(new Date(deletionTimestamp));
  const waits = finalizers.length === 0 ? '' : `, and waits for ${finalizers.join(', ')}`;
  return {
    outcome: 'failed',
    subject,
    expected,
    found: `being deleted since ${since}${waits}`,
    mend: 'see who deletes it; once it is gone, `npm run up` makes it anew',
  };
}
