import { isRecord } from '../../../../values/isRecord.ts';

/** Two elements that stand for the same, or one without its like. */
export interface Match {
  /** Names the element in a path. */
  readonly label: string;
  readonly declared?: unknown;
  readonly live?: unknown;
}

/** What tells the elements of a list apart, as its order does not matter: Kubernetes' merge keys, the most telling first. */
const mergeKeys = [['name'], ['mountPath'], ['containerPort', 'protocol'], ['port', 'protocol'], ['topologyKey']];

/** Lists of texts whose order says nothing. */
const sets = new Set([
  'policyTypes',
  'accessModes',
  'verbs',
  'apiGroups',
  'resources',
  'resourceNames',
  'nonResourceURLs',
  'values',
  'add',
  'drop',
]);

/** Brings the elements of two lists together: by a merge key where all of them have one, as sets, or one after the other. */
export function matchLists(declared: readonly unknown[], live: readonly unknown[], key: string): Match[] {
  if (sets.has(key)) return matchBy(declared, live, String);
  const found = mergeKeys.find((keys) => isTelling(declared, keys) && isTelling(live, keys));
  if (found !== undefined && declared.length > 0) return matchBy(declared, live, (element) => labelOf(element, found));
  return Array.from({ length: Math.max(declared.length, live.length) }, (_, index) => ({
    label: String(index),
    declared: declared[index],
    live: live[index],
  }));
}

function matchBy(
  declared: readonly unknown[],
  live: readonly unknown[],
  labelOfElement: (element: unknown) => string,
): Match[] {
  const there = new Map(live.map((element) => [labelOfElement(element), element]));
  const wanted = new Map(declared.map((element) => [labelOfElement(element), element]));
  return [...new Set([...wanted.keys(), ...there.keys()])].map((label) => ({
    label,
    declared: wanted.get(label),
    live: there.get(label),
  }));
}

/** Whether these keys are in each element, and no two elements have the same. */
function isTelling(list: readonly unknown[], keys: readonly string[]): boolean {
  const isComplete = list.every((element) => isRecord(element) && element[keys[0] ?? ''] !== undefined);
  return isComplete && new Set(list.map((element) => labelOf(element, keys))).size === list.length;
}

function labelOf(element: unknown, keys: readonly string[]): string {
  if (!isRecord(element)) return '';
  // The API server fills in the protocol.
  return keys
    .map((key) => element[key] ?? (key === 'protocol' ? 'TCP' : ''))
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join('/');
}
