import { CoreV1Api, type V1PersistentVolumeClaim } from '@kubernetes/client-node';
import type { Check } from '../../check.ts';
import type { Deployment } from '../../deployment.ts';
import type { Finding } from '../../finding.ts';

/** Every volume that was asked for has been given. */
export const volumesBound: Check = {
  id: 'volumes-bound',
  component: 'objects',
  title: 'every volume that is claimed is bound',
  applies: async (deployment) => (await listClaims(deployment)).length > 0,
  run: async ({ deployment }) => (await listClaims(deployment)).map(judgeClaim),
};

/** Judges one claim. */
export function judgeClaim({ metadata, spec, status }: V1PersistentVolumeClaim): Finding {
  const subject = `PersistentVolumeClaim ${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
  const asked = spec?.resources?.requests?.['storage'] ?? 'a volume';
  const expected = `bound (${asked})`;
  const { phase = 'in no phase yet', capacity } = status ?? {};
  if (phase === 'Bound')
    return { outcome: 'ok', subject, expected, found: `bound (${capacity?.['storage'] ?? asked})` };
  const found = phase === 'Lost' ? `lost: its volume ${spec?.volumeName ?? ''} is gone` : phase;
  const mend = 'see with `kubectl describe pvc` whether a StorageClass and a provisioner are there, and have room';
  return { outcome: 'failed', subject, expected, found, mend };
}

async function listClaims(deployment: Deployment): Promise<readonly V1PersistentVolumeClaim[]> {
  const core = (await deployment.kube()).makeApiClient(CoreV1Api);
  const namespaces = await deployment.namespaces();
  const lists = namespaces.map((namespace) => core.listNamespacedPersistentVolumeClaim({ namespace }));
  return (await Promise.all(lists)).flatMap(({ items }) => items);
}
