import { join } from 'node:path';
import type { ImageSpec } from '../imageSpec.ts';
import { debianBase } from './debianBase.ts';

/**
 * The part `trace-clients`, which sends spans with foreign client libraries, over Debian's Python with py_zipkin.
 *
 * @param rootfsDirectory - Directory of the part `zipkin-client-rootfs`.
 * @param clientsDirectory - Directory of the part `trace-clients`.
 */
export function traceClientsImage(rootfsDirectory: string, clientsDirectory: string): ImageSpec {
  const program = 'usr/local/bin/trace-clients';
  const source = join(clientsDirectory, 'trace-clients');
  return {
    reference: 'docker.io/tracewright/trace-clients:test',
    layers: [
      debianBase(rootfsDirectory),
      { kind: 'files', sources: [{ kind: 'file', source, target: program, mode: 0o755 }] },
    ],
    config: {
      user: '10001:10001',
      entrypoint: [`/${program}`],
      environment: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    },
  };
}
