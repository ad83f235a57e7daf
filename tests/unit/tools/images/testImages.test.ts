import { describe, expect, it } from 'vitest';
import { serverImages } from '../../../../tools/images/packImages.ts';
import { partsOfTestImages, testImages } from '../../../../tools/images/testImages.ts';
import { createPartDefinitions, partsOf } from '../../../../tools/toolchain/parts.ts';

const installed = (names: readonly string[]) =>
  createPartDefinitions()
    .filter(({ name }) => names.includes(name))
    .map(({ name, version }) => ({ name, version, origin: 'cache' as const, directory: `/cache/${name}` }));

const names = [
  'alertmanager',
  'dex',
  'elasticsearch-8',
  'metrics-server',
  'nginx',
  'oauth2-proxy',
  'opensearch-1',
  'opensearch-2',
  'prometheus',
  'span-load',
  'steady-load',
  'trace-clients',
  'traefik',
] as const;
const referencesOf = (...some: Parameters<typeof testImages>[0]) =>
  testImages(some, installed(partsOfTestImages(some))).map(({ reference }) => reference);

describe('testImages', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:1.22'],
    ['elasticsearch-8', 'docker.io/library/elasticsearch:8.7.1'],
    ['opensearch-1', 'docker.io/opensearchproject/opensearch:1.3.14'],
    ['opensearch-2', 'docker.io/opensearchproject/opensearch:2.11.0'],
    ['oauth2-proxy', 'quay.io/oauth2-proxy/oauth2-proxy:v7.15.4'],
    ['dex', 'ghcr.io/dexidp/dex:v2.45.1'],
    ['traefik', 'docker.io/library/traefik:v3.6.12'],
    ['metrics-server', 'registry.k8s.io/metrics-server/metrics-server:v0.8.0'],
    ['prometheus', 'quay.io/prometheus/prometheus:v2.42.0'],
    ['alertmanager', 'quay.io/prometheus/alertmanager:v0.25.0'],
    ['span-load', 'docker.io/tracewright/span-load:test'],
    ['steady-load', 'docker.io/tracewright/steady-load:test'],
    ['trace-clients', 'docker.io/tracewright/trace-clients:test'],
  ] as const)('makes of the parts of %s no other image than %s', (name, reference) => {
    expect(referencesOf(name)).toEqual([reference]);
  });

  it('has no image that up packs', () => {
    const packed = serverImages(installed(partsOf('images'))).map(({ reference }) => reference);
    for (const reference of referencesOf(...names)) expect(packed).not.toContain(reference);
  });

  it('uses every part of the tests, but for the definitions of kinds', () => {
    const inImages = partsOf('tests').filter((part) => part !== 'monitoring-crds');
    expect(partsOfTestImages(names)).toEqual(expect.arrayContaining(inImages));
  });

  it.each([
    [
      'prometheus',
      '/bin/prometheus',
      ['--config.file=/etc/prometheus/prometheus.yml', '--storage.tsdb.path=/prometheus'],
    ],
    [
      'alertmanager',
      '/bin/alertmanager',
      ['--config.file=/etc/alertmanager/alertmanager.yml', '--storage.path=/alertmanager'],
    ],
  ] as const)('starts %s as the official image does', (name, program, command) => {
    const [spec] = testImages([name], installed(partsOfTestImages([name])));
    const data = { kind: 'emptyDirectory', target: name, mode: 0o755, owner: { userId: 65534, groupId: 65534 } };
    expect(spec?.layers[0]).toMatchObject({ source: '/cache/prometheus-rootfs/rootfs.tar' });
    expect(spec?.layers[1]).toMatchObject({ sources: expect.arrayContaining([data]) as unknown });
    expect(spec?.config).toMatchObject({
      user: 'nobody',
      entrypoint: [program],
      command,
      workingDirectory: `/${name}`,
    });
  });

  it('says which part is missing', () => {
    expect(() => testImages(['nginx'], [])).toThrow(
      "images cannot be packed without the toolchain's part nginx-rootfs",
    );
  });
});
