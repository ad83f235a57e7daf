import { field, fieldAt, isPresent, shown, texts } from '../../kubernetes/fields.ts';
import { labelSelectorOf, selects } from '../../kubernetes/labelSelector.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { objectRule } from '../../rule.ts';
import { deploymentWith } from '../exampleYaml.ts';

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

/** A controller finds the pods that it makes. */
export const selectorMatchesTemplate = objectRule({
  name: 'selector-matches-template',
  asks: 'The selector of a controller selects the pods that it makes.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'The API server refuses an object that would not know its own pods.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  passes: deploymentWith(),
  fails: deploymentWith().replace('matchLabels: { app: shop }', 'matchLabels: { app: blog }'),
  *check(object) {
    const selector = selectorOf(object);
    if (selector === undefined) return;
    const labels = texts(field(object.workload?.metadata, 'labels'));
    const state = stateOf(selector, labels);
    if (state === undefined) return;
    yield {
      path: 'spec.selector',
      problem: `${state}: it must select the labels of its pods, which are ${shown(labels)}`,
      fix: 'the same labels in spec.selector.matchLabels and in spec.template.metadata.labels',
    };
  },
});

/** As the newer kinds have it, `null` where it is missing; `undefined` for a kind that needs none. */
function selectorOf(object: KubernetesObject): unknown {
  const selector = fieldAt(object.body, 'spec', 'selector');
  if (kinds.some((kind) => object.is(kind, 'apps'))) return selector ?? null;
  if (!object.is('ReplicationController', '') || !isPresent(selector)) return undefined;
  return { matchLabels: selector };
}

function stateOf(selector: unknown, labels: Readonly<Record<string, string>>): string | undefined {
  if (!isPresent(selector)) return 'is missing';
  const asked = labelSelectorOf(selector);
  if (asked?.length === 0) return 'is empty';
  return asked !== undefined && selects(asked, labels) ? undefined : `is ${shown(selector)}`;
}
