import type { KubernetesObject, V1Pod } from '@kubernetes/client-node';
import { KubernetesObject as PolicyObject } from '../../../../policies/kubernetes/object.ts';
import { hostPorts } from '../../../../policies/rules/podSecurity/hostPorts.ts';
import { podSecurityRules } from '../../../../policies/rules/podSecurity/podSecurityRules.ts';
import { isRecord } from '../../../values/isRecord.ts';
import { ownPart, partOfLabel } from '../../../../infra/kubernetes/labels.ts';
import type { Check } from '../../check.ts';
import { describeObject, type DeclaredObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { judgeLive } from '../objects/judgeLive.ts';

const labelPrefix = 'pod-security.kubernetes.io/';
/** From the strictest. */
const levels = ['restricted', 'baseline', 'privileged'];

/**
 * Namespaces hold pods to the standard that the stack declares, and every pod of the stack keeps to the strictest. An agent with ports of
 * its node, whose namespace is declared for it, keeps to all else of it.
 */
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
    return [...judged, ...own.map((pod) => judgePod(pod, declaredLevel(namespaces, pod)))];
  },
};

/** Judges the labels of a namespace; that it is missing is told by objects-present. */
export function judgeNamespace(object: DeclaredObject, live: KubernetesObject | undefined): Finding[] {
  if (live === undefined) return [];
  const said = Object.entries(declaredLabels(object)).filter(([label]) => label.startsWith(labelPrefix));
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

/** Judges a pod by what the API server asks of "restricted"; ports of its node are allowed where its namespace is declared for them. */
export function judgePod(pod: V1Pod, level: string): Finding {
  const { name = '', namespace = '' } = pod.metadata ?? {};
  const subject = `Pod ${namespace}/${name}`;
  const mayOpenPorts = level === 'privileged';
  const expected = `as Pod Security "restricted" asks for${mayOpenPorts ? ', but for ports of its node' : ''}`;
  // As the API server writes it: without the fields that a client's objects have and leave undefined.
  const body: unknown = JSON.parse(JSON.stringify(pod));
  const object = new PolicyObject('v1', 'Pod', body, { urn: subject }, name);
  const faults = podSecurityRules
    .filter((rule) => !mayOpenPorts || rule !== hostPorts)
    .flatMap((rule) => (rule.subject === 'object' ? [...rule.check(object, {})] : []));
  if (faults.length === 0) return { outcome: 'ok', subject, expected, found: expected };
  return {
    outcome: 'failed',
    subject,
    expected,
    found: [...new Set(faults.map(({ path, problem }) => `${path} ${problem}`))].join('; '),
    mend: "delete the pod, which is made anew as its workload says; `npm run up` sets the workload's security context again",
  };
}

/** What the stack says of the namespace of a pod. */
function declaredLevel(namespaces: readonly DeclaredObject[], { metadata }: V1Pod): string {
  const own = namespaces.find(({ name }) => name === metadata?.namespace);
  const level = own && declaredLabels(own)[`${labelPrefix}enforce`];
  return typeof level === 'string' ? level : 'restricted';
}

function declaredLabels({ manifest }: DeclaredObject): Readonly<Record<string, unknown>> {
  const { metadata } = manifest;
  return isRecord(metadata) && isRecord(metadata['labels']) ? metadata['labels'] : {};
}
