import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { configurationProperties } from '../../../../policies/configuration/configurationSchema.ts';
import type { RuleConfigurations } from '../../../../policies/configuration/resolveSettings.ts';
import type { Exemption } from '../../../../policies/evaluation/exemption.ts';
import { entries, field, fieldAt, number, text } from '../../../../policies/kubernetes/fields.ts';
import { eachContainer, eachObject } from '../../../../policies/problems.ts';
import { rulesPolicy } from '../../../../policies/pulumi/rulesPolicy.ts';
import { allRules } from '../../../../policies/rules/allRules.ts';
import { unknownText } from '../../../support/engineUnknowns.ts';
import { ServedPack, urnOf, type DeclaredResource } from '../support/servedPack.ts';
import { anObjectRule, aStackRule } from '../support/testRules.ts';

const replicas = anObjectRule({
  name: 'test-replicas',
  levels: { dev: 'disabled' },
  parameters: { minimum: { type: 'integer', minimum: 0, default: 2, description: 'The fewest pods.' } },
  *check({ body }, { minimum }) {
    const given = number(fieldAt(body, 'spec', 'replicas')) ?? 1;
    if (given < minimum) yield { path: 'spec.replicas', problem: `is ${given}`, fix: `replicas: ${minimum}` };
  },
});
const images = anObjectRule({
  name: 'test-images',
  check: (object) =>
    eachContainer(object, function* ({ spec }) {
      if (text(field(spec, 'image')) === 'bad') yield { path: 'image', problem: 'is bad', fix: 'image: good' };
    }),
});
const breaks = anObjectRule({
  name: 'test-breaks',
  level: 'advisory',
  check: ({ annotations }) => {
    if (annotations['breaks'] === 'yes') throw new RangeError('too far');
    return [];
  },
});
const names = aStackRule({
  name: 'test-names',
  check: (objects) => {
    const seen = new Set<unknown>();
    return eachObject(objects, function* ({ body }) {
      const nickname = fieldAt(body, 'metadata', 'nickname');
      if (seen.has(nickname)) yield { path: 'metadata.nickname', problem: 'stands twice', fix: 'another one' };
      if (nickname !== undefined) seen.add(nickname);
    });
  },
});
const together = aStackRule({
  name: 'test-together',
  level: 'advisory',
  check: (objects) =>
    objects.flatMap(({ body }) =>
      entries(fieldAt(body, 'metadata', 'outside')).map(() => {
        throw new Error('out of order');
      }),
    ),
});
const testRules = [replicas, images, breaks, names, together];
const now = new Date('2026-06-15T12:00:00Z');

const rules = [...testRules, ...allRules];
const pack = await ServedPack.start([rulesPolicy(rules, 'prod', () => now)]);
// The rules of the pack itself have something to say of such small objects.
const disabled = Object.fromEntries(allRules.map(({ name }) => [name, 'disabled' as const]));

/** What the engine is told of the rules: these settings, and the pack's own rules are disabled. */
function configure(
  more: RuleConfigurations = {},
  exemptions: readonly Exemption[] = [],
  environment?: string,
): Promise<void> {
  return pack.configure({
    kubernetes: {
      level: 'mandatory',
      rules: { ...disabled, ...more },
      exemptions,
      ...(environment === undefined ? {} : { environment }),
    },
  });
}

function deployment(
  name: string,
  spec: DeclaredResource['inputs'] = {},
  metadata: DeclaredResource['inputs'] = {},
): DeclaredResource {
  const inputs = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop', ...metadata },
    spec,
  };
  return { type: 'kubernetes:apps/v1:Deployment', name: `resource-${name}`, inputs };
}

function podSpec(...images: readonly string[]): DeclaredResource['inputs'] {
  return {
    replicas: 2,
    template: { spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) } },
  };
}

async function said(...resources: readonly DeclaredResource[]): Promise<readonly string[]> {
  const found = await Promise.all(resources.map((resource) => pack.analyze(resource)));
  return found.flat().map(({ policy, level, message }) => `${policy} (${level}): ${message.split('\n')[1] ?? ''}`);
}

const exemption = {
  rule: 'test-replicas',
  resource: 'Deployment/shop/web',
  reason: 'It keeps state in memory.',
  expires: '2026-06-15',
};

beforeEach(() => configure());
afterAll(() => pack.close());

describe('the policy of all rules', () => {
  it('tells the engine the schema of its configuration, which is that of a file, for an environment', async () => {
    const [info, ...others] = await pack.info();
    expect(others).toEqual([]);
    expect(info).toMatchObject({ name: 'kubernetes', level: 'mandatory' });
    expect(info?.settings).toEqual({
      environment: { type: 'string', description: expect.any(String) as string },
      ...configurationProperties(rules),
    });
  });

  it('reports a breach with what the rule asks, the object, the field and how it would be right', async () => {
    const resource = deployment('web', { replicas: 1 });
    expect(await pack.analyze(resource)).toEqual([
      {
        policy: 'test-replicas',
        level: 'mandatory',
        message: `${replicas.asks}\nDeployment/shop/web: spec.replicas is 1. Fix: replicas: 2`,
        urn: urnOf(resource),
      },
    ]);
  });

  it('has nothing to say of what keeps its rule', async () => {
    expect(await said(deployment('web', podSpec('good')))).toEqual([]);
  });

  it('reads what a program keeps secret', async () => {
    const secret = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', value: podSpec('bad') };
    expect(await said({ ...deployment('web'), inputs: { ...deployment('web').inputs, spec: secret } })).toHaveLength(1);
  });

  it('goes by the type of the resource, whatever its inputs say', async () => {
    const { type, name } = deployment('web');
    const spec = podSpec('bad');
    for (const inputs of [
      { spec },
      { kind: null, apiVersion: null, spec },
      { kind: 'Service', apiVersion: 'v1', spec },
    ]) {
      expect(await said({ type, name, inputs })).toEqual([
        'test-images (mandatory): Deployment/resource-web, container "c0": spec.template.spec.containers[0].image is bad. Fix: image: good',
      ]);
    }
  });

  it('looks at what is made for another version of the API, and at core objects', async () => {
    const pod = {
      type: 'kubernetes:core/v1:Pod',
      name: 'web',
      inputs: { spec: { containers: [{ name: 'a', image: 'bad' }] } },
    };
    expect(await said(pod)).toHaveLength(2);
    expect(
      await said({ ...deployment('web', podSpec('bad')), type: 'kubernetes:apps/v1beta1:Deployment' }),
    ).toHaveLength(1);
  });

  it('looks at every object of a list', async () => {
    const items = ['one', 'two'].map((name) => ({ metadata: { name }, spec: { replicas: 1 } }));
    const list = { type: 'kubernetes:apps/v1:DeploymentList', name: 'all', inputs: { items } };
    const mixed = {
      type: 'kubernetes:core/v1:List',
      name: 'all',
      inputs: { items: items.map((item) => ({ ...item, kind: 'Deployment' })) },
    };
    const found = ['one', 'two'].map(
      (name) => `test-replicas (mandatory): Deployment/${name}: spec.replicas is 1. Fix: replicas: 2`,
    );
    expect(await said(list)).toEqual(found);
    expect(await said(mixed)).toEqual(found);
  });

  it('looks at custom resources', async () => {
    const type = 'kubernetes:example.com/v1:Shop';
    expect(await said({ type, name: 'shop', inputs: { spec: { replicas: 0 } } })).toHaveLength(1);
  });

  it.each([
    'kubernetes:apps/v1:DeploymentPatch',
    'kubernetes:example.com/v1:ShopPatch',
    'kubernetes:yaml:ConfigFile',
    'kubernetes:helm.sh/v3:Release',
    'kubernetes:apps/v1:Deployment:more',
    'pulumi:providers:kubernetes',
    'pulumi:pulumi:Stack',
    'docker:index/container:Container',
    'tracewright:jaeger:Collector',
  ])('leaves out %s', async (type) => {
    expect(await said({ ...deployment('web', { replicas: 1 }), type })).toEqual([]);
    expect(
      await pack.analyzeStack([
        { ...deployment('web'), type },
        { ...deployment('other'), type },
      ]),
    ).toEqual([]);
  });
});

describe('resources together', () => {
  const declaredAs = (name: string, nickname: string) => deployment(name, { replicas: 2 }, { nickname });

  it('are judged as they were declared, whatever the cluster has made of them', async () => {
    for (const [name, nickname] of [
      ['first', 'a'],
      ['second', 'b'],
    ] as const)
      await pack.analyze(declaredAs(name, nickname));
    expect(await pack.analyzeStack([declaredAs('first', 'a'), declaredAs('second', 'a')])).toEqual([]);
  });

  it('are judged as they stand where the engine has not shown them one by one', async () => {
    const found = await pack.analyzeStack([declaredAs('third', 'c'), declaredAs('fourth', 'c')]);
    expect(found.map(({ urn }) => urn)).toEqual([urnOf(deployment('fourth'))]);
  });
});

describe('an unknown value', () => {
  const unknown = deployment('web', podSpec('bad', unknownText, 'bad'));

  it('of a mandatory rule is a violation, and hides no other', async () => {
    expect(await said(unknown)).toEqual([
      'test-images (mandatory): Deployment/shop/web, container "c0": spec.template.spec.containers[0].image is bad. Fix: image: good',
      'test-images (mandatory): Deployment/shop/web, container "c1": spec.template.spec.containers[1].image is known only after the ' +
        "deployment, so that the rule could not run. Fix: a value that does not depend on another resource's outputs",
      'test-images (mandatory): Deployment/shop/web, container "c2": spec.template.spec.containers[2].image is bad. Fix: image: good',
    ]);
  });

  it('that no rule reads is none', async () => {
    expect(await said(deployment('web', podSpec('good'), { uid: unknownText, labels: unknownText }))).toEqual([]);
  });

  it('of a rule about objects together is a violation, and hides no other', async () => {
    const twice = { nickname: 'a' };
    const resources = [
      deployment('one', {}, twice),
      deployment('two', {}, { nickname: unknownText }),
      deployment('three', {}, twice),
    ];
    expect((await pack.analyzeStack(resources)).map(({ urn, level }) => [urn, level])).toEqual([
      [urnOf({ type: 'kubernetes:apps/v1:Deployment', name: 'resource-two' }), 'mandatory'],
      [urnOf({ type: 'kubernetes:apps/v1:Deployment', name: 'resource-three' }), 'mandatory'],
    ]);
  });

  it('in the place of objects is a violation of every rule', async () => {
    const list = { type: 'kubernetes:apps/v1:DeploymentList', name: 'all', inputs: { items: unknownText } };
    const sentence =
      'kubernetes:apps/v1:DeploymentList "all": items is known only after the deployment, so that the rule could not run.';
    expect(await said(list)).toEqual(
      ['test-replicas (mandatory)', 'test-images (mandatory)', 'test-breaks (advisory)'].map(
        (start) => `${start}: ${sentence} Fix: name its objects one by one`,
      ),
    );
    const stack = await pack.analyzeStack([
      list,
      deployment('one', {}, { nickname: 'a' }),
      deployment('two', {}, { nickname: 'a' }),
    ]);
    expect(stack.filter(({ policy }) => policy === 'test-names').map(({ urn }) => urn)).toEqual([
      urnOf(list),
      urnOf(deployment('two')),
    ]);
  });
});

describe('a rule that throws', () => {
  const place = /rulesPolicy\.test\.ts:\d+:\d+\. Fix: mend the rule, or disable it$/;

  it('fails the run with file and line though it only advises, and the others report', async () => {
    const found = await pack.analyze(deployment('web', { replicas: 1 }, { annotations: { breaks: 'yes' } }));
    expect(found.map(({ policy, level }) => [policy, level])).toEqual([
      ['test-replicas', 'mandatory'],
      ['test-breaks', 'mandatory'],
    ]);
    expect(found[1]?.message).toMatch(
      /^Every .*\nDeployment\/shop\/web: it could not be checked: the rule threw RangeError: too far at /,
    );
    expect(found[1]?.message).toMatch(place);
  });

  it('about objects together does so too', async () => {
    const [one, two] = [
      deployment('one', {}, { nickname: 'a' }),
      deployment('two', {}, { nickname: 'a', outside: [1] }),
    ];
    const found = await pack.analyzeStack([one, two]);
    expect(found.map(({ policy, level, urn }) => [policy, level, urn])).toEqual([
      ['test-names', 'mandatory', urnOf(two)],
      ['test-together', 'mandatory', ''],
    ]);
    expect(found[1]?.message).toMatch(place);
  });
});

describe("the engine's configuration", () => {
  const small = deployment('web', { replicas: 1 });

  it('sets the level', async () => {
    await configure({ 'test-replicas': { level: 'advisory' } });
    expect((await pack.analyze(small)).map(({ level }) => level)).toEqual(['advisory']);
    await configure({ 'test-replicas': { level: 'disabled' } });
    expect(await pack.analyze(small)).toEqual([]);
  });

  it('is refused where it holds what nobody knows, which the engine does not look for', async () => {
    await pack.configure({ kubernetes: { level: 'mandatory', rulez: {} } });
    await expect(pack.analyze(small)).rejects.toThrow(
      'configuration of "kubernetes": rulez is not known here; allowed: environment, rules, environments, exemptions',
    );
  });

  it('names the environment, before that of the process', async () => {
    await configure({}, [], 'dev');
    expect(await pack.analyze(small)).toEqual([]);
    await configure({}, [], 'staging');
    expect((await pack.analyze(small)).map(({ level }) => level)).toEqual(['mandatory']);
  });

  it('sets parameters, and leaves the others as they are', async () => {
    await configure({ 'test-replicas': { level: 'mandatory', minimum: 5 } });
    expect(await said(small)).toEqual([
      'test-replicas (mandatory): Deployment/shop/web: spec.replicas is 1. Fix: replicas: 5',
    ]);
    await configure({ 'test-replicas': { level: 'mandatory', minimum: 1 } });
    expect(await said(small)).toEqual([]);
  });

  it('takes out what is exempt, until the end of the last day', async () => {
    await configure({ 'test-replicas': 'mandatory' }, [{ ...exemption, rule: 'test-replicas' }]);
    expect(await said(small, deployment('other', { replicas: 1 }))).toEqual([
      'test-replicas (mandatory): Deployment/shop/other: spec.replicas is 1. Fix: replicas: 2',
    ]);
  });

  it('fails for an exemption that has expired, whether it would still be needed or not', async () => {
    const expired = { ...exemption, resource: 'Deployment/shop/*', expires: '2026-06-14' };
    await configure({ 'test-replicas': 'advisory' }, [expired]);
    const sentence = (name: string) =>
      `test-replicas (mandatory): Deployment/shop/${name}: its exemption (Deployment/shop/*) expired on 2026-06-14. ` +
      'Fix: take it out, or renew it with its reason';
    expect(await said(small, deployment('big', { replicas: 2 }))).toEqual([
      'test-replicas (advisory): Deployment/shop/web: spec.replicas is 1. Fix: replicas: 2',
      sentence('web'),
      sentence('big'),
    ]);
    expect(
      await said({ ...small, inputs: { metadata: { name: 'web', namespace: 'other' }, spec: { replicas: 2 } } }),
    ).toEqual([]);
  });

  it('takes out what a rule about objects together says of one, and fails for what has expired', async () => {
    const resources = ['one', 'two', 'three'].map((name) => deployment(name, {}, { nickname: 'a' }));
    const exemptions = [
      { ...exemption, rule: 'test-names', resource: 'Deployment/shop/two' },
      { ...exemption, rule: 'test-names', resource: 'Deployment/shop/one', expires: '2025-01-01' },
    ];
    await configure({ 'test-names': 'advisory' }, exemptions);
    const found = await pack.analyzeStack(resources);
    expect(found.map(({ urn, level }) => [urn, level])).toEqual([
      [urnOf(deployment('three')), 'advisory'],
      [urnOf(deployment('one')), 'mandatory'],
    ]);
  });

  it('exempts no rule that is broken', async () => {
    await configure({ 'test-breaks': 'advisory' }, [{ ...exemption, rule: 'test-breaks' }]);
    const broken = deployment('web', { replicas: 2 }, { annotations: { breaks: 'yes' } });
    expect((await pack.analyze(broken)).map(({ policy }) => policy)).toEqual(['test-breaks']);
  });
});
