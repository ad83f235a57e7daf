import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  declaredObjects,
  describeObject,
  isSecretValue,
  stateProject,
} from '../../../../tools/validate/declaredObject.ts';

const urn = 'urn:pulumi:dev::tracewright::tracewright:jaeger:Query$kubernetes:apps/v1:Deployment::jaeger-query';
const deployment = {
  urn,
  type: 'kubernetes:apps/v1:Deployment',
  id: 'tracing/jaeger-query',
  inputs: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'tracing', labels: { app: 'jaeger' } },
    spec: { replicas: 2 },
  },
};

describe('declaredObjects', () => {
  it('gives what the program asked for, with the name that the provider has made', () => {
    expect(declaredObjects([deployment])).toEqual([
      {
        urn,
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        namespace: 'tracing',
        name: 'jaeger-query',
        manifest: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { namespace: 'tracing', labels: { app: 'jaeger' }, name: 'jaeger-query' },
          spec: { replicas: 2 },
        },
      },
    ]);
  });

  it('gives no namespace to what belongs to none', () => {
    const [object] = declaredObjects([{ ...deployment, id: 'tracing' }]);
    expect(object).toMatchObject({ name: 'tracing' });
    expect(object).not.toHaveProperty('namespace');
  });

  it.each<[string, Record<string, unknown>]>([
    ['is of another provider', { type: 'random:index/randomPassword:RandomPassword' }],
    ['is a component', { type: 'tracewright:jaeger:Query' }],
    ['is only read', { external: true }],
    ['is being deleted', { delete: true }],
    ['was not made yet', { id: undefined }],
    ['has no inputs', { inputs: undefined }],
    ['says no kind', { inputs: { apiVersion: 'v1' } }],
  ])('leaves out what %s', (_, others) => {
    expect(declaredObjects([{ ...deployment, ...others }, deployment])).toHaveLength(1);
  });

  it('takes any state, and gives objects that are whole', () => {
    const part = fc.oneof(fc.anything(), fc.constantFrom('kubernetes:core/v1:Pod', 'a/b', 'Pod', 'v1', true));
    const resource = fc.record(
      {
        type: part,
        urn: part,
        id: part,
        inputs: fc.dictionary(fc.constantFrom('apiVersion', 'kind', 'metadata'), part),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.anything(), resource)), (resources) => {
        for (const object of declaredObjects(resources)) {
          expect(object.manifest).toMatchObject({ kind: object.kind, metadata: { name: object.name } });
          expect(typeof describeObject(object)).toBe('string');
        }
      }),
    );
  });
});

describe('describeObject', () => {
  it.each([
    [{ kind: 'Deployment', namespace: 'tracing', name: 'jaeger-query' }, 'Deployment tracing/jaeger-query'],
    [{ kind: 'Namespace', name: 'tracing' }, 'Namespace tracing'],
  ])('names %j as a person does', (object, text) => {
    expect(describeObject(object)).toBe(text);
  });
});

describe('isSecretValue', () => {
  const signature = '4dabf18193072939515e22adb298388d';
  it.each<[unknown, boolean]>([
    [{ [signature]: '1b47061264138c4ac30d75fd1eb44270', ciphertext: 'v1:abc' }, true],
    [{ [signature]: 'c44067f5952c0a294b673a41bacd8c17' }, false],
    ['[secret]', false],
    [null, false],
  ])('of %j is %s', (value, expected) => {
    expect(isSecretValue(value)).toBe(expected);
  });
});

describe('stateProject', () => {
  it.each<[string, readonly unknown[], string | undefined]>([
    ['of its first URN', [{}, { urn: 'urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev' }, deployment], 'shop'],
    ['unknown of an empty state', [], undefined],
    ['unknown where there is no URN', [null, { urn: 1 }, { urn: 'dev' }], undefined],
  ])('is %s', (_, resources, project) => {
    expect(stateProject(resources)).toBe(project);
  });
});
