import { join } from 'node:path';
import type { ImageSpec } from '../imageSpec.ts';

/** Name by which containerd's configuration asks for the image that holds a pod's namespaces. */
export const PAUSE_REFERENCE = 'localhost/tracewright/pause:1';

/** Debian's catatonit, a static init, in the role of the official pause image. */
export function pauseImage(nodeRootfs: string): ImageSpec {
  return {
    reference: PAUSE_REFERENCE,
    layers: [
      {
        kind: 'files',
        sources: [{ kind: 'file', source: join(nodeRootfs, 'usr/bin/catatonit'), target: 'catatonit', mode: 0o755 }],
      },
    ],
    config: { user: '65535:65535', entrypoint: ['/catatonit', '-P'] },
  };
}
