import { join } from 'node:path';
import type { ImageSpec } from '../imageSpec.ts';

/** Version in the images' tags. */
export const JAEGER_VERSION = '1.50.0';

// Ports that the official images declare.
const PORTS = {
  agent: ['5775/udp', '6831/udp', '6832/udp', '5778/tcp', '14271/tcp'],
  collector: ['4317/tcp', '4318/tcp', '9411/tcp', '14250/tcp', '14268/tcp', '14269/tcp'],
  query: ['16685/tcp', '16686/tcp', '16687/tcp'],
} as const;

/** Agent, collector and query, each a static program that is started as in the official image. */
export function jaegerImages(jaegerDirectory: string): readonly ImageSpec[] {
  return (['agent', 'collector', 'query'] as const).map((component) => {
    const program = `go/bin/${component}-linux`;
    const source = join(jaegerDirectory, `jaeger-${component}`);
    return {
      reference: `docker.io/jaegertracing/jaeger-${component}:${JAEGER_VERSION}`,
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
