import type { KubernetesObject, V1Pod, V1ServiceAccount } from '@kubernetes/client-node';
import { ownPart, partOfLabel } from '../../../../infra/kubernetes/labels.ts';
import type { Check } from '../../check.ts';
import { describeObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { judgeLive } from '../objects/judgeLive.ts';

const tokenPath = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Accounts hand out no token by themselves, and no pod has one. */
export const accountsClosed: Check = {
  id: 'accounts-closed',
  component: 'access',
  title: 'every pod runs as an account of its component, and none has a token for the Kubernetes API',
  run: async ({ deployment }) => {
    const [declared, pods] = await Promise.all([deployment.declared(), deployment.pods()]);
    const accounts = declared.filter(({ kind }) => kind === 'ServiceAccount');
    const judged = await judgeLive(deployment, accounts, 'it hands out no token', (account, live) =>
      judgeAccount(describeObject(account), live),
    );
    const others = pods.filter(
      ({ metadata }) => metadata?.labels?.['app.kubernetes.io/managed-by'] !== 'tracewright-validate',
    );
    return [...judged, ...others.flatMap(judgePodAccount)];
  },
};

/** Judges an account; that it is missing is told by objects-present. */
export function judgeAccount(subject: string, live: (KubernetesObject & V1ServiceAccount) | undefined): Finding[] {
  if (live === undefined) return [];
  const expected = 'automountServiceAccountToken: false';
  if (live.automountServiceAccountToken === false) return [{ outcome: 'ok', subject, expected, found: expected }];
  const found = `automountServiceAccountToken: ${live.automountServiceAccountToken ?? 'true, by default'}`;
  return [{ outcome: 'failed', subject, expected, found, mend: '`npm run up` sets it again' }];
}

/** Judges as whom a pod runs, and whether it has a token. A pod that is not of the stack is not the stack's to say. */
export function judgePodAccount(pod: V1Pod): Finding[] {
  const { name = '', namespace = '', labels = {} } = pod.metadata ?? {};
  const subject = `Pod ${namespace}/${name}`;
  const isOwn = labels[partOfLabel] === ownPart;
  const account = pod.spec?.serviceAccountName ?? 'default';
  const faults = [
    ...(account === 'default' ? ['it runs as the account default'] : []),
    ...(hasToken(pod) ? ['a token for the Kubernetes API is mounted into it'] : []),
  ];
  const expected = 'an account of its own, and no token';
  if (faults.length === 0) return [{ outcome: 'ok', subject, expected, found: `runs as ${account}, and has no token` }];
  return [
    {
      outcome: isOwn ? 'failed' : 'warning',
      subject,
      expected,
      found: faults.join('; '),
      mend: isOwn
        ? '`npm run up` declares its workload again, which replaces the pod'
        : "it is no pod of the stack: run it in a namespace of its own, since the stack's is for the stack",
    },
  ];
}

function hasToken({ spec }: V1Pod): boolean {
  const projected = (spec?.volumes ?? []).some((volume) =>
    (volume.projected?.sources ?? []).some((source) => source.serviceAccountToken !== undefined),
  );
  const containers = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  return (
    projected || containers.some((each) => (each.volumeMounts ?? []).some(({ mountPath }) => mountPath === tokenPath))
  );
}
