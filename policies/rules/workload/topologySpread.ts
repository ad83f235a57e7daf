import { entries, field, fieldAt, number, shown, text, texts } from '../../kubernetes/fields.ts';
import { labelSelectorOf, selects } from '../../kubernetes/labelSelector.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Workload } from '../../kubernetes/workloads.ts';
import { objectRule } from '../../rule.ts';
import { deploymentWith } from '../exampleYaml.ts';

const spread = (app: string): string =>
  deploymentWith('replicas: 2').replace(
    'spec: { containers: [{ name: shop }] }',
    `spec:
      containers: [{ name: shop }]
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: { matchLabels: { app: ${app} } }`,
  );

/** Pods of the same kind do not all run on one node. */
export const topologySpread = objectRule({
  name: 'topology-spread',
  asks: 'Deployments and StatefulSets of more than one pod spread them over nodes or zones.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'The scheduler may put all of them on one node, and its end is the end of all. Replicas that are left out count as several, since an autoscaler may decide them.',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
  passes: spread('shop'),
  fails: spread('blog'),
  parameters: {
    topologyKeys: {
      type: 'array',
      description: 'Labels of nodes over whose values pods may be spread.',
      default: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'],
      items: { type: 'string', minLength: 1 },
    },
  },
  *check(object, { topologyKeys }) {
    const { workload } = object;
    if (workload === undefined || !isReplicated(object)) return;
    const labels = texts(field(workload.metadata, 'labels'));
    const terms = [...constraints(workload), ...antiAffinity(workload, object.namespace)];
    if (terms.some((term) => spreadsBy(term, topologyKeys, labels))) return;
    yield {
      path: workload.podPath,
      problem: `spreads its pods over nothing: topologySpreadConstraints or affinity.podAntiAffinity must select them, with the topologyKey ${topologyKeys.join(' or ')}`,
      fix: `topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "${topologyKeys[0] ?? 'kubernetes.io/hostname'}", whenUnsatisfiable: "ScheduleAnyway", labelSelector: { matchLabels: ${shown(labels)} } }]`,
    };
  },
});

function isReplicated(object: KubernetesObject): boolean {
  if (!object.is('Deployment', 'apps') && !object.is('StatefulSet', 'apps')) return false;
  return (number(fieldAt(object.body, 'spec', 'replicas')) ?? 2) > 1;
}

function spreadsBy(term: unknown, topologyKeys: readonly string[], labels: Readonly<Record<string, string>>): boolean {
  if (!topologyKeys.includes(text(field(term, 'topologyKey')) ?? '')) return false;
  const selector = labelSelectorOf(field(term, 'labelSelector'));
  return selector !== undefined && selects(selector, labels);
}

function constraints({ podSpec }: Workload): readonly unknown[] {
  return entries(field(podSpec, 'topologySpreadConstraints'));
}

/** The terms that are about pods of the namespace. */
function antiAffinity({ podSpec }: Workload, namespace: string): readonly unknown[] {
  const rules = fieldAt(podSpec, 'affinity', 'podAntiAffinity');
  const required = entries(field(rules, 'requiredDuringSchedulingIgnoredDuringExecution'));
  const preferred = entries(field(rules, 'preferredDuringSchedulingIgnoredDuringExecution'));
  return [...required, ...preferred.map((term) => field(term, 'podAffinityTerm'))].filter((term) => {
    const namespaces = entries(field(term, 'namespaces'));
    return namespaces.length === 0 || namespace === '' || namespaces.includes(namespace);
  });
}
