import type { V1JobStatus, V1Pod } from '@kubernetes/client-node';
import { serviceNames } from '../../../../infra/jaeger/endpoints.ts';
import type { Check } from '../../check.ts';
import { describeObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import type { FoundJob } from '../objects/jobsSucceed.ts';

const expected = 'tried when the stack was deployed, and enforced';

/** The Job of the stack that tries whether the network plugin enforces policies has found that it does. */
export const policiesEnforced: Check = {
  id: 'policies-enforced',
  component: 'network',
  title: 'the Job of the stack has found that the cluster enforces network policies',
  run: async ({ deployment }) => {
    const [config, declared, pods] = await Promise.all([deployment.config(), deployment.declared(), deployment.pods()]);
    const subject = `Job ${config.namespace}/${serviceNames.policyCheck}`;
    if (config.network.unenforced) return [accepted(subject)];
    const job = declared.find((object) => describeObject(object) === subject);
    const live: FoundJob | undefined = job && (await deployment.live(job));
    return [judgeEnforcement(subject, live?.status, saidBy(pods))];
  },
};

/**
 * Judges the Job's status; undefined is a Job that is not there.
 * @param said - The last that its pod has said, where that is known.
 */
export function judgeEnforcement(subject: string, status: V1JobStatus | undefined, said: string | undefined): Finding {
  const has = (condition: string): boolean =>
    (status?.conditions ?? []).some(({ type, status: holds }) => type === condition && holds === 'True');
  if (has('Complete')) return { outcome: 'ok', subject, expected, found: expected };
  if (has('Failed'))
    return {
      outcome: 'failed',
      subject,
      expected,
      found: `it has failed${said === undefined ? '' : `: ${said}`}`,
      mend: 'install a network plugin that enforces policies (Calico, Cilium, kube-router), or mend what the Job says; `npm run up` then tries again',
    };
  const found = status === undefined ? 'the Job is not there: nobody knows what it has found' : 'it has not ended yet';
  return {
    outcome: 'unchecked',
    subject,
    expected,
    found,
    mend: 'try it now with --active; `npm run up` runs the Job again where it is missing',
  };
}

function accepted(subject: string): Finding {
  return {
    outcome: 'warning',
    subject,
    expected,
    found: 'the configuration accepts a cluster that enforces none (network.unenforced: true): nobody has tried',
    mend: 'try it with --active; where policies are enforced, take network.unenforced away',
  };
}

/** The last message of a pod of the Job, without its form. */
function saidBy(pods: readonly V1Pod[]): string | undefined {
  const own = pods.filter(({ metadata }) => metadata?.labels?.['app.kubernetes.io/name'] === serviceNames.policyCheck);
  const last = own.flatMap(({ status }) => status?.containerStatuses ?? []).at(-1)?.state?.terminated?.message;
  return last?.match(/"msg":"(.*)"\}\s*$/s)?.[1] ?? last?.trim();
}
