import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { goPart, type GoPartOptions } from '../../../../tools/toolchain/goPart.ts';
import { locatePart } from '../../../../tools/toolchain/partCache.ts';
import { createPartDefinitions, partsOf } from '../../../../tools/toolchain/parts.ts';
import {
  kubeScorePin,
  kubernetesPin,
  metricsServerPin,
  oidcPin,
  prometheusOperatorPin,
  traefikPin,
} from '../../../../tools/toolchain/pins.ts';
import { recordingContext, temporaryDirectory } from './fakes.ts';

const jaegerSources = join(import.meta.dirname, '../../../../tools/toolchain/parts/jaeger');

const partOf = (moduleDirectory: string, changes: Partial<GoPartOptions> = {}) =>
  goPart({
    name: 'jaeger',
    version: 'v1.50.0',
    group: 'images',
    diskMebibytes: 1,
    packages: ['./cmd'],
    variables: {},
    moduleDirectory,
    ...changes,
  });

const directoryOf = async (moduleDirectory: string, changes = {}) =>
  (await locatePart('/cache', partOf(moduleDirectory, changes))).directory;

describe('createPartDefinitions', () => {
  it('has the cluster first, the provider last of what up needs, and what only tests and benchmarks use behind it', () => {
    const names = createPartDefinitions().map((part) => part.name);
    const unused = [...partsOf('tests'), ...partsOf('bench')];
    const used = names.filter((name) => !unused.includes(name));
    expect(names.slice(0, 2)).toEqual(['kubernetes', 'node-rootfs']);
    expect(used.at(-1)).toBe('pulumi-resource-kubernetes');
    expect(names).toEqual([...used, ...unused]);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ['cluster', ['kubernetes', 'node-rootfs']],
    ['images', ['jaeger', 'servers-rootfs', 'elasticsearch']],
    ['streaming', ['kafka']],
    ['engine', ['pulumi', 'pulumi-language-nodejs', 'pulumi-resource-kubernetes']],
  ] as const)('has in the group %s: %j', (group, names) => {
    expect(partsOf(group)).toEqual(names);
  });

  it('gives the same place to the same pins', async () => {
    const places = () => Promise.all(createPartDefinitions().map((part) => locatePart('/cache', part)));
    expect(await places()).toEqual(await places());
  });

  it('knows the oldest Go that compiles a part from its go.mod', () => {
    const provider = createPartDefinitions().find((part) => part.name === 'pulumi-resource-kubernetes');
    expect(provider?.requirements.go).toBe('1.24.7');
  });

  it.each([
    ['oidc', `github.com/oauth2-proxy/oauth2-proxy/v7 ${oidcPin.version} `],
    ['oidc', ` // indirect; ${oidcPin.dex}\n`],
    ['traefik', `github.com/traefik/traefik/v3 ${traefikPin.version} `],
    ['metrics-server', `sigs.k8s.io/metrics-server ${metricsServerPin.version} `],
    ['monitoring-crds', `github.com/prometheus-operator/prometheus-operator ${prometheusOperatorPin.version}\n`],
    ['kube-score', `github.com/zegl/kube-score ${kubeScorePin.version} `],
  ])('says of %s the version that its modules are pinned to', async (name, line) => {
    const part = createPartDefinitions().find((definition) => definition.name === name);
    const goMod = (await part?.fingerprint())?.find((source) => source.startsWith('/go.mod\n'));
    expect(goMod).toContain(line);
  });

  it('tells the apiserver the version that its modules are pinned to', async () => {
    const kubernetes = createPartDefinitions().find((part) => part.name === 'kubernetes');
    const [settings, ...sources] = (await kubernetes?.fingerprint()) ?? [];
    expect(settings).toContain(`gitVersion=${kubernetesPin.version}`);
    const goMod = sources.find((source) => source.startsWith('/go.mod\n'));
    expect(goMod).toContain(`k8s.io/kubernetes ${kubernetesPin.version} `);
  });
});

describe('goPart', () => {
  it('lies at /cache/NAME-HASH', async () => {
    expect(await directoryOf(jaegerSources)).toMatch(/^\/cache\/jaeger-[0-9a-f]{12}$/);
  });

  it.each(['go.mod', 'go.sum'])('is another part when %s changes', async (file) => {
    const copy = join(await temporaryDirectory(), 'jaeger');
    await cp(jaegerSources, copy, { recursive: true });
    expect(await directoryOf(copy)).toBe(await directoryOf(jaegerSources));
    await appendFile(join(copy, file), '\n');
    expect(await directoryOf(copy)).not.toBe(await directoryOf(jaegerSources));
  });

  it('fetches the modules of its files, and compiles nothing where it has no packages', async () => {
    const directories = { outputDirectory: await temporaryDirectory(), workDirectory: await temporaryDirectory() };
    const module = await temporaryDirectory();
    await writeFile(join(module, 'kind.yaml'), 'kind: Kind\n');
    const context = recordingContext(directories, (_, [verb = '']) => Promise.resolve(verb === 'list' ? module : ''));
    const moduleFiles = [{ module: 'a.example/b', path: 'kind.yaml', mode: 0o640 }];
    const part = partOf(jaegerSources, { packages: [], moduleFiles });
    expect(part.prefetch).toBeUndefined();
    await part.build(context);
    expect(context.commands).toEqual([
      ['go', 'mod', 'download', 'a.example/b'],
      ['go', 'list', '-m', '-f', '{{.Dir}}', 'a.example/b'],
    ]);
    expect(await readFile(join(directories.outputDirectory, 'kind.yaml'), 'utf8')).toBe('kind: Kind\n');
  });

  it('is another part when the linker is told something else', async () => {
    expect(await directoryOf(jaegerSources, { variables: { 'a.Version': 'v2' } })).not.toBe(
      await directoryOf(jaegerSources),
    );
  });
});
