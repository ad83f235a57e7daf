import { join } from 'node:path';
import type { ImageSpec } from '../imageSpec.ts';

/** The official image's name; our build has only the plugins that a cluster's DNS uses. */
export const COREDNS_REFERENCE = 'docker.io/coredns/coredns:1.12.4';

/** CoreDNS as the official image starts it. */
export function corednsImage(kubernetesDirectory: string): ImageSpec {
  return {
    reference: COREDNS_REFERENCE,
    layers: [
      {
        kind: 'files',
        sources: [{ kind: 'file', source: join(kubernetesDirectory, 'coredns'), target: 'coredns', mode: 0o755 }],
      },
    ],
    config: { user: '65532:65532', entrypoint: ['/coredns'], exposedPorts: ['53/tcp', '53/udp'] },
  };
}
