import { kubernetesPin } from '../../../toolchain/pins.ts';
import { KubernetesTooOldError, requireVersion } from '../../../up/kubernetesVersion.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';

/** The cluster has what the stack's pods ask for; the local one is the one that is pinned. */
export const kubernetesSupported: Check = {
  id: 'kubernetes-supported',
  component: 'toolchain',
  title: 'the cluster runs a supported version of Kubernetes',
  run: async ({ deployment }) => {
    const [version, isLocal] = await Promise.all([deployment.kubernetes(), deployment.isLocal()]);
    return [judgeKubernetes(version, isLocal)];
  },
};

/** Judges a version as the API server says it. */
export function judgeKubernetes(version: string, isLocal: boolean): Finding {
  const subject = 'API server';
  const expected = isLocal ? kubernetesPin.version : '1.30 or later';
  try {
    requireVersion(version);
  } catch (error) {
    if (!(error instanceof KubernetesTooOldError)) throw error;
    const mend = 'upgrade the cluster, or deploy to another: pods sleep before they end, which older ones cannot';
    return { outcome: 'failed', subject, expected, found: version, mend };
  }
  if (!isLocal || version === kubernetesPin.version) return { outcome: 'ok', subject, expected, found: version };
  const mend = 'the local cluster is of another version of this repository: `npm run down`, then `npm run up`';
  return { outcome: 'warning', subject, expected, found: version, mend };
}
