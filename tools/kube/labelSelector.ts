import type { V1LabelSelector } from '@kubernetes/client-node';
import { labelSelectorOf, selects, type Labels } from '../../policies/kubernetes/labelSelector.ts';

/** Whether a selector takes an object with these labels; none at all takes nothing, an empty one everything. */
export function selectsLabels(selector: V1LabelSelector | undefined, labels: Labels): boolean {
  const read = labelSelectorOf(selector);
  return read !== undefined && selects(read, labels);
}
