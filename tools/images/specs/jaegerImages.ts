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

type JaegerPart = Pick<InstalledPart, 'directory' | 'version'>;

/** Agent, collector, query and index cleaner of the part `jaeger`. */
export function jaegerImages(part: JaegerPart): readonly ImageSpec[] {
  return (['agent', 'collector', 'query', 'es-index-cleaner'] as const).map((component) =>
    jaegerImage(part, component),
  );
}

/** The ingester of the part `jaeger`. */
export function ingesterImage(part: JaegerPart): ImageSpec {
  return jaegerImage(part, 'ingester');
}

/**
 * A static program that is started as in the official image (its entry point is `/go/bin/<component>-linux`). The tag is the
 * part's version without Go's leading `v`.
 */
function jaegerImage({ directory, version }: JaegerPart, component: keyof typeof PORTS): ImageSpec {
  const program = `go/bin/${component}-linux`;
  const source = join(directory, `jaeger-${component}`);
  return {
    reference: `docker.io/jaegertracing/jaeger-${component}:${version.replace(/^v/, '')}`,
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
}
