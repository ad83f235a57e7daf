import { VersionApi, type KubeConfig } from '@kubernetes/client-node';
import { coerce, gte } from 'semver';

/** The first with everything that the stack's pods ask for: a `sleep` before the end (1.30), sidecars (1.29). */
const oldest = '1.30.0';

/** A cluster is older than what the stack needs. */
export class KubernetesTooOldError extends Error {
  override readonly name = 'KubernetesTooOldError';

  constructor(version: string) {
    super(
      `the cluster runs Kubernetes ${version}; the stack needs 1.30 or later, since its pods sleep before they end so that ` +
        'no request is lost. Upgrade the cluster, or use another one. Nothing was deployed.',
    );
  }
}

/** Makes sure that a cluster of the user's is new enough. @throws KubernetesTooOldError */
export async function requireKubernetesVersion(kube: KubeConfig): Promise<void> {
  const { gitVersion } = await kube.makeApiClient(VersionApi).getCode();
  requireVersion(gitVersion);
}

/** Judges a version as the API server says it: `v1.34.4`, `v1.31.0-gke.1`. */
export function requireVersion(gitVersion: string): void {
  const version = coerce(gitVersion);
  if (version !== null && !gte(version, oldest)) throw new KubernetesTooOldError(gitVersion);
}
