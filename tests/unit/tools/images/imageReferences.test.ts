import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { curlImage, elasticsearchImage, jaegerImage } from '../../../../infra/jaeger/images.ts';
import { parseStackConfig } from '../../../../infra/schema/parseStackConfig.ts';
import { serverImages, streamingImages } from '../../../../tools/images/packImages.ts';
import { checkoutImage } from '../../../../tools/images/specs/checkoutImage.ts';
import { COREDNS_REFERENCE } from '../../../../tools/images/specs/corednsImage.ts';
import { createPartDefinitions } from '../../../../tools/toolchain/parts.ts';

const repository = new URL('../../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, repository), 'utf8');

/** What the pins make the toolchain give, without building it. */
const parts = createPartDefinitions().map(({ name, version }) => ({
  name,
  version,
  origin: 'cache' as const,
  directory: `/cache/${name}`,
}));
const { version } = JSON.parse(read('examples/checkout/package.json')) as { version: string };
const application = { main: 'examples/checkout', sources: () => [] };
const shop = checkoutImage({ version, application, nodeProgram: '/node', serversDirectory: '/servers' });
const packed = [...serverImages(parts), shop].map(({ reference }) => reference);

/** A name as a pod gives it, in the form that containerd looks it up by. */
function fullReference(image: string): string {
  return image.includes('/') ? `docker.io/${image}` : `docker.io/library/${image}`;
}

describe('the packed images', () => {
  it('are those that the development stack deploys', () => {
    const { config } = parse(read('Pulumi.dev.yaml')) as { config: Record<string, unknown> };
    const source = parseStackConfig(config, 'dev');
    const components = ['agent', 'collector', 'query', 'es-index-cleaner'] as const;
    const deployed = components.map((name) => jaegerImage(name, source));
    for (const image of [...deployed, elasticsearchImage(source), curlImage(source)])
      expect(packed).toContain(fullReference(image));
  });

  it('have the index cleaner beside the components, started as the official image is', () => {
    const cleaner = serverImages(parts).find(({ reference }) => reference.includes('es-index-cleaner'));
    expect(cleaner?.reference).toBe('docker.io/jaegertracing/jaeger-es-index-cleaner:1.50.0');
    expect(cleaner?.config).toMatchObject({ user: '10001', entrypoint: ['/go/bin/es-index-cleaner-linux'] });
  });

  it('are those that the manifests of the example name', () => {
    const directory = 'examples/checkout/kubernetes/';
    const texts = readdirSync(new URL(directory, repository)).map((file) => read(directory + file));
    const images = texts.flatMap((text) =>
      [...text.matchAll(/^\s+(?:- )?image: (\S+)$/gm)].map(([, image = '']) => image),
    );
    expect(new Set(images)).toEqual(new Set(['postgres:15', 'redis:7', `tracewright/checkout:${version}`]));
    for (const image of images) expect(packed).toContain(fullReference(image));
  });

  it('cannot be packed without the parts that they are made of', () => {
    expect(() => serverImages(parts.filter(({ name }) => name !== 'jaeger'))).toThrow(
      "images cannot be packed without the toolchain's part jaeger",
    );
  });
});

describe('the images of streaming', () => {
  const [ingester, kafka, ...others] = streamingImages(parts);

  it('are the ingester, whose one port is that of its administration, and Kafka', () => {
    expect(ingester?.reference).toBe('docker.io/jaegertracing/jaeger-ingester:1.50.0');
    expect(ingester?.config).toEqual({
      user: '10001',
      entrypoint: ['/go/bin/ingester-linux'],
      exposedPorts: ['14270/tcp'],
    });
    expect(kafka?.reference).toBe('docker.io/apache/kafka:3.9.1');
    expect(others).toEqual([]);
  });

  it('have Kafka where the official image has it, as its user, with Java on the PATH', () => {
    const layers = kafka?.layers.slice(1);
    const owner = { userId: 1000, groupId: 1000 };
    expect(layers).toMatchObject([
      {
        sources: [
          { kind: 'directory', source: '/cache/kafka/kafka', target: 'opt/kafka', owner },
          {},
          {},
          {},
          {},
          {},
          {},
        ],
      },
    ]);
    expect(JSON.stringify(layers)).toContain('appuser:x:1000:1000::/home/appuser:/bin/sh');
    expect(kafka?.config).toMatchObject({
      user: 'appuser',
      environment: { PATH: expect.stringMatching(/^\/usr\/lib\/jvm\/java-17-openjdk-[^/]+\/bin:/) as unknown },
    });
  });

  it('are among none that a stack without streaming is given', () => {
    expect(packed).not.toContain(ingester?.reference);
    expect(packed).not.toContain(kafka?.reference);
  });
});

describe("the cluster's DNS image", () => {
  it('is named by the version of CoreDNS that is compiled', () => {
    const compiled = /github\.com\/coredns\/coredns v(\S+)/.exec(read('tools/toolchain/parts/kubernetes/go.mod'))?.[1];
    expect(COREDNS_REFERENCE).toBe(`docker.io/coredns/coredns:${compiled}`);
  });
});
