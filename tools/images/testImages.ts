import type { InstalledPart, PartName } from '../toolchain/part.ts';
import type { ImageSpec } from './imageSpec.ts';
import { requirePart } from './requirePart.ts';
import { dexImage } from './specs/dexImage.ts';
import { elasticsearchImage } from './specs/elasticsearchImage.ts';
import { spanLoadImage, steadyLoadImage } from './specs/loadImages.ts';
import { metricsServerImage } from './specs/metricsServerImage.ts';
import { nginxImage } from './specs/nginxImage.ts';
import { oauth2ProxyImage } from './specs/oauth2ProxyImage.ts';
import { opensearchImage } from './specs/opensearchImage.ts';
import { alertmanagerImage, prometheusImage } from './specs/prometheusImages.ts';
import { traceClientsImage } from './specs/traceClientsImage.ts';
import { traefikImage } from './specs/traefikImage.ts';

/** How a test asks for one of its images. */
export type TestImageName =
  | 'alertmanager'
  | 'dex'
  | 'elasticsearch-8'
  | 'metrics-server'
  | 'nginx'
  | 'oauth2-proxy'
  | 'opensearch-1'
  | 'opensearch-2'
  | 'prometheus'
  | 'span-load'
  | 'steady-load'
  | 'trace-clients'
  | 'traefik';

interface TestImage {
  readonly parts: readonly PartName[];
  readonly createSpec: (part: (name: PartName) => InstalledPart) => ImageSpec;
}

// Images of a server whose parts are one root file system and the server's own.
const overServers = (name: PartName, create: typeof elasticsearchImage): TestImage => ({
  parts: ['servers-rootfs', name],
  createSpec: (part) => create(part('servers-rootfs').directory, part(name)),
});

const IMAGES: Readonly<Record<TestImageName, TestImage>> = {
  'elasticsearch-8': overServers('elasticsearch-8', elasticsearchImage),
  'opensearch-1': overServers('opensearch-1', opensearchImage),
  'opensearch-2': overServers('opensearch-2', opensearchImage),
  alertmanager: {
    parts: ['prometheus-rootfs'],
    createSpec: (part) => alertmanagerImage(part('prometheus-rootfs').directory),
  },
  dex: { parts: ['oidc'], createSpec: (part) => dexImage(part('oidc').directory) },
  'metrics-server': {
    parts: ['metrics-server'],
    createSpec: (part) => metricsServerImage(part('metrics-server')),
  },
  nginx: { parts: ['nginx-rootfs'], createSpec: (part) => nginxImage(part('nginx-rootfs').directory) },
  'oauth2-proxy': { parts: ['oidc'], createSpec: (part) => oauth2ProxyImage(part('oidc')) },
  prometheus: {
    parts: ['prometheus-rootfs'],
    createSpec: (part) => prometheusImage(part('prometheus-rootfs').directory),
  },
  'span-load': { parts: ['trace-clients'], createSpec: (part) => spanLoadImage(part('trace-clients').directory) },
  'steady-load': { parts: ['trace-clients'], createSpec: (part) => steadyLoadImage(part('trace-clients').directory) },
  'trace-clients': {
    parts: ['zipkin-client-rootfs', 'trace-clients'],
    createSpec: (part) => traceClientsImage(part('zipkin-client-rootfs').directory, part('trace-clients').directory),
  },
  traefik: { parts: ['traefik'], createSpec: (part) => traefikImage(part('traefik')) },
};

/** The parts of the toolchain that images which only tests run are made of. */
export function partsOfTestImages(names: readonly TestImageName[]): readonly PartName[] {
  return [...new Set(names.flatMap((name) => IMAGES[name].parts))];
}

/**
 * Images that only this repository's tests run.
 *
 * @param parts - At least {@link partsOfTestImages} of the same names.
 * @throws RangeError when a part that they are packed from is missing.
 */
export function testImages(names: readonly TestImageName[], parts: readonly InstalledPart[]): readonly ImageSpec[] {
  return names.map((name) => IMAGES[name].createSpec((part) => requirePart(parts, part)));
}
