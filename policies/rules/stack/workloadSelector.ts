import { fieldAt, isPresent } from '../../kubernetes/fields.ts';
import { labelMapSelectorOf, labelSelectorOf, type LabelSelector } from '../../kubernetes/labelSelector.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';

const appsKinds: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

/** Whether an object must have a selector for its pods. */
function needsSelector(object: KubernetesObject): boolean {
  return appsKinds.some((kind) => object.is(kind, 'apps'));
}

/**
 * The selector by which a controller knows its pods, where it is written.
 *
 * @returns `undefined` for an object that has none, or an empty one: the API server refuses such, or writes one of its own.
 * @throws UnknownFieldError
 */
export function workloadSelectorOf(object: KubernetesObject): LabelSelector | undefined {
  const written = fieldAt(object.body, 'spec', 'selector');
  if (object.is('ReplicationController', '')) return labelMapSelectorOf(written);
  const isManual = object.is('Job', 'batch') && fieldAt(object.body, 'spec', 'manualSelector') === true;
  if ((!needsSelector(object) && !isManual) || !isPresent(written)) return undefined;
  const selector = labelSelectorOf(written);
  return selector === undefined || selector.length === 0 ? undefined : selector;
}
