import { field } from '../../kubernetes/fields.ts';
import { labelMapSelectorOf, type LabelSelector } from '../../kubernetes/labelSelector.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { PodIndex, Pods } from '../../kubernetes/podIndex.ts';

/** What a Service asks of pods; `undefined` where it chooses none by itself, or leads to a name outside. @throws UnknownFieldError */
export function serviceSelectorOf({ body }: KubernetesObject): LabelSelector | undefined {
  const spec = field(body, 'spec');
  return field(spec, 'type') === 'ExternalName' ? undefined : labelMapSelectorOf(field(spec, 'selector'));
}

/** The pods that a Service leads to. @throws UnknownFieldError */
export function selectedByService(service: KubernetesObject, pods: PodIndex): readonly Pods[] {
  return [...pods.matching(service.namespace, serviceSelectorOf(service))];
}
