import type { V1Pod } from '@kubernetes/client-node';

/** Whether Services lead to a pod: it is ready, and not on its way out. */
export function isReadyPod({ metadata, status }: V1Pod): boolean {
  const leaving = metadata?.deletionTimestamp !== undefined;
  return !leaving && (status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True');
}

/** Whether a pod's programs can be asked: it runs, ready or not, and is not on its way out. */
export function isRunningPod({ metadata, status }: V1Pod): boolean {
  return metadata?.deletionTimestamp === undefined && status?.phase === 'Running';
}

/** Whether a pod has not ended, and is not about to: one that was evicted, or whose node was shut down, stays as a mere record. */
export function isCurrentPod({ metadata, status }: V1Pod): boolean {
  return metadata?.deletionTimestamp === undefined && status?.phase !== 'Failed' && status?.phase !== 'Succeeded';
}

/** The component that a pod is of; the empty text for one of none. */
export function componentOf({ metadata }: V1Pod): string {
  return metadata?.labels?.['app.kubernetes.io/name'] ?? '';
}
