import { parseQuantity } from '../../../../../policies/kubernetes/quantity.ts';

/** Keys whose values are amounts, or hold them: the API server writes them in a form of its own. */
const amounts = new Set(['limits', 'requests', 'capacity', 'allocatable', 'overhead', 'sizeLimit', 'averageValue']);

/** Whether two plain values are the same to Kubernetes: in amounts `1000m` is `1`, and `1024Mi` is `1Gi`. */
export function isSameValue(declared: unknown, live: unknown, path: readonly string[]): boolean {
  if (declared === live) return true;
  if (!path.some((key) => amounts.has(key))) return false;
  const size = parseQuantity(declared);
  return size !== undefined && size === parseQuantity(live);
}

/** Switches that the API server leaves out where they are off. */
const offByAbsence = new Set([
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'readOnly',
  'stdin',
  'stdinOnce',
  'tty',
  'paused',
  'globalDefault',
]);

/** Whether a declared value says no more than its absence: the API server leaves such out. */
export function saysNothing(declared: unknown, key: string): boolean {
  if (declared === undefined || declared === null || declared === '') return true;
  if (declared === false) return offByAbsence.has(key);
  if (Array.isArray(declared)) return declared.length === 0;
  return typeof declared === 'object' && Object.keys(declared).length === 0;
}
