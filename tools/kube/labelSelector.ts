import type { V1LabelSelector } from '@kubernetes/client-node';
import { labelSelectorOf, selects, type Labels } from '../../policies/kubernetes/labelSelector.ts';

/** A selector as lists of the API server take it: objects that have all of these labels. */
export function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
}

/** Whether a selector takes an object with these labels; none at all takes nothing, an empty one everything. */
export function selectsLabels(selector: V1LabelSelector | undefined, labels: Labels): boolean {
  const read = labelSelectorOf(selector);
  return read !== undefined && selects(read, labels);
}
