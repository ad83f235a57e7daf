import { join } from 'node:path';
import type { InstalledPart } from '../../toolchain/part.ts';
import type { ImageSpec } from '../imageSpec.ts';

// The programs, with the ports that the official images declare.
const PORTS = {
  agent: ['5775/udp', '6831/udp', '6832/udp', '5778/tcp', '14271/tcp'],
  collector: ['4317/tcp', '4318/tcp', '9411/tcp', '14250/tcp', '14268/tcp', '14269/tcp'],
  ingester: ['14270/tcp'],
  query: ['16685/tcp', '16686/tcp', '16687/tcp'],
  'es-index-cleaner': [],
} as const;

/**
 * Agent, collector, ingester, query and index cleaner of the part `jaeger`, each a static program that is started as in the official
 * image (its entry point is `/go/bin/<component>-linux`). The tag is the part's version without Go's leading `v`.
 */
export function jaegerImages({
  directory,
  version,
}: Pick<InstalledPart, 'directory' | 'version'>): readonly ImageSpec[] {
  const tag = version.replace(/^v/, '');
  return (['agent', 'collector', 'ingester', 'query', 'es-index-cleaner'] as const).map((component) => {
    const program = `go/bin/${component}-linux`;
    const source = join(directory, `jaeger-${component}`);
    return {
      reference: `docker.io/jaegertracing/jaeger-${component}:${tag}`,
      layers: [
        {
          kind: 'files',
          sources: [
            { kind: 'file', source, target: program, mode: 0o755 },
            { kind: 'emptyDirectory', target: 'tmp', mode: 0o1777 },
          ],
        },
      ],
      config: { user: '10001', entrypoint: [`/${program}`], exposedPorts: PORTS[component] },
    };
  });
}
