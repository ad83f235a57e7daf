import { field, texts } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { objectRule, type Problem } from '../../rule.ts';
import { manifest } from '../exampleYaml.ts';
import { podMetadataPath } from './podField.ts';

const pod = (labels: string): string =>
  manifest('v1', 'Pod', 'shop', 'spec: { containers: [{ name: shop }] }').replace(
    'namespace: shop',
    `namespace: shop, labels: { ${labels} }`,
  );

/** Pods, and what makes them, can be found by labels that all tools know. */
export const recommendedLabels = objectRule({
  name: 'recommended-labels',
  asks: 'Pods, and what makes them, carry the recommended labels.',
  severity: 'low',
  level: 'advisory',
  rationale: 'Dashboards, queries and people find the parts of an application by labels that each application has.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/',
  passes: pod('app.kubernetes.io/name: shop'),
  fails: pod('name: shop'),
  parameters: {
    labels: {
      type: 'array',
      description: 'Names of the labels.',
      default: ['app.kubernetes.io/name'],
      items: { type: 'string', minLength: 1 },
    },
  },
  *check(object, { labels }) {
    if (object.workload === undefined) return;
    yield* missingLabels(object.labels, 'metadata.labels', object, labels);
    const { kind, metadata, podPath } = object.workload;
    if (kind === 'Pod') return;
    yield* missingLabels(texts(field(metadata, 'labels')), `${podMetadataPath(podPath)}.labels`, object, labels);
  },
});

function* missingLabels(
  found: Readonly<Record<string, string>>,
  path: string,
  { name }: KubernetesObject,
  asked: readonly string[],
): Iterable<Problem> {
  const missing = asked.filter((label) => !Object.hasOwn(found, label) || found[label] === '');
  if (missing.length === 0) return;
  yield {
    path,
    problem: `has no ${missing.join(', ')}: each of ${asked.join(', ')} must be there, and not be empty`,
    fix: `labels: { ${missing.map((label) => `"${label}": "${label.endsWith('/name') ? name : '…'}"`).join(', ')} }`,
  };
}
