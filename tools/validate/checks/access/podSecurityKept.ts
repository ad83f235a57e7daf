import type { KubernetesObject, V1Pod } from '@kubernetes/client-node';
import { isRecord } from '../../../values/isRecord.ts';
import { ownPart, partOfLabel } from '../../../../infra/kubernetes/labels.ts';
import type { Check } from '../../check.ts';
import { describeObject, type DeclaredObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { judgeLive } from '../objects/judgeLive.ts';
import { judgeConfinement } from '../workloads/containersConfined.ts';

const labelPrefix = 'pod-security.kubernetes.io/';
/** From the strictest. */
const levels = ['restricted', 'baseline', 'privileged'];

/** Namespaces hold pods to the standard that the stack declares, and every pod of the stack keeps to the strictest. */
export const podSecurityKept: Check = {
  id: 'pod-security-kept',
  component: 'access',
  title:
    'namespaces hold pods to the Pod Security Standard that the stack declares, and every pod of the stack keeps to "restricted"',
  run: async ({ deployment }) => {
    const [declared, pods] = await Promise.all([deployment.declared(), deployment.pods()]);
    const namespaces = declared.filter(({ kind }) => kind === 'Namespace');
    const judged = await judgeLive(deployment, namespaces, 'the labels that the stack declares', judgeNamespace);
    const own = pods.filter(({ metadata }) => metadata?.labels?.[partOfLabel] === ownPart);
    return [...judged, ...own.map(judgePod)];
  },
};

/** Judges the labels of a namespace; that it is missing is told by objects-present. */
export function judgeNamespace(object: DeclaredObject, live: KubernetesObject | undefined): Finding[] {
  if (live === undefined) return [];
  const { metadata } = object.manifest;
  const labels = isRecord(metadata) && isRecord(metadata['labels']) ? metadata['labels'] : {};
  const said = Object.entries(labels).filter(([label]) => label.startsWith(labelPrefix));
  return said.map(([label, wanted]): Finding => {
    const subject = describeObject(object);
    const level = live.metadata?.labels?.[label];
    const expected = `${label}: ${String(wanted)}`;
    if (level === wanted) return { outcome: 'ok', subject, expected, found: expected };
    const isWeaker = levels.indexOf(level ?? 'privileged') > levels.indexOf(String(wanted));
    const effect = label.endsWith('/enforce') && isWeaker ? ': it lets in pods that the stack would have refused' : '';
    return {
      outcome: label.endsWith('/enforce') ? 'failed' : 'warning',
      subject,
      expected,
      found: `${level === undefined ? `no label ${label}` : `${label}: ${level}`}${effect}`,
      mend: '`npm run up` sets the label again',
    };
  });
}

/** Judges a pod by all of its containers. */
function judgePod(pod: V1Pod): Finding {
  const { name = '', namespace = '' } = pod.metadata ?? {};
  const subject = `Pod ${namespace}/${name}`;
  const expected = 'as Pod Security "restricted" asks for';
  const faults = judgeConfinement(pod).filter(({ outcome }) => outcome !== 'ok');
  const [first] = faults;
  if (first === undefined || first.outcome === 'ok') return { outcome: 'ok', subject, expected, found: expected };
  const found = faults.map((each) => `${each.subject.split('/').at(-1) ?? ''}: ${each.found}`).join('; ');
  return { outcome: 'failed', subject, expected, found, mend: first.mend };
}
