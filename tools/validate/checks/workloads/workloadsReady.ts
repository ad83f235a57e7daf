import { listWorkloadsOf } from '../../../kube/listWorkloads.ts';
import type { PlacedWorkload } from '../../../kube/workload.ts';
import type { Check } from '../../check.ts';
import { describeObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';

/** Every pod of every workload is of the newest template and ready, and complains of nothing: in the words of `npm run status`. */
export const workloadsReady: Check = {
  id: 'workloads-ready',
  component: 'workloads',
  title: 'every workload is complete, ready, and logs no failure of the last seconds',
  run: async ({ deployment }) => {
    const [kube, namespaces] = await Promise.all([deployment.kube(), deployment.namespaces()]);
    return (await listWorkloadsOf(kube, namespaces, { failures: true })).map(judgeWorkload);
  },
};

/** Judges one workload. */
export function judgeWorkload(workload: PlacedWorkload): Finding {
  const { wanted, ready, complete, waitsFor, failures } = workload;
  const subject = describeObject(workload);
  const expected = `${wanted} of ${wanted} pods ready`;
  const reasons = [...new Set([...waitsFor, ...failures])].join('; ');
  const older = !complete && ready >= wanted ? ', not all of them of the newest template' : '';
  if (complete && failures.length === 0) return { outcome: 'ok', subject, expected, found: expected };
  const found = `${ready} of ${wanted} pods ready${older}${reasons === '' ? '' : `: ${reasons}`}`;
  return {
    outcome: 'failed',
    subject,
    expected,
    found,
    mend: 'mend what it waits for or complains of; docs/operations.md has what each sentence means',
  };
}
