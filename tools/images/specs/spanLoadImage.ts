import { join } from 'node:path';
import type { ImageSpec } from '../imageSpec.ts';

/**
 * The program `span-load`, which loads the agent with spans, alone: it is static.
 *
 * @param clientsDirectory - Directory of the part `trace-clients`, which holds it too.
 */
export function spanLoadImage(clientsDirectory: string): ImageSpec {
  const program = 'usr/local/bin/span-load';
  const source = join(clientsDirectory, 'span-load');
  return {
    reference: 'docker.io/tracewright/span-load:test',
    layers: [{ kind: 'files', sources: [{ kind: 'file', source, target: program, mode: 0o755 }] }],
    config: { user: '10001:10001', entrypoint: [`/${program}`] },
  };
}
