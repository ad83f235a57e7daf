import { describe, expect, it } from 'vitest';
import { ObjectIndex } from '../../../../../policies/kubernetes/objectIndex.ts';
import { UnknownFieldError } from '../../../../../policies/kubernetes/unknown.ts';
import { JaegerSettings } from '../../../../../policies/rules/jaeger/jaegerSettings.ts';
import { manifestObjects } from '../../../../support/manifestObjects.ts';

const objects = manifestObjects(`
{ apiVersion: v1, kind: ConfigMap, metadata: { name: map, namespace: shop }, data: { FROM_MAP: map, host: es, X: low } }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: later, namespace: shop }, data: { X: high } }
---
{ apiVersion: v1, kind: Secret, metadata: { name: secret, namespace: shop }, stringData: { HIDDEN: hunter2 } }
`);
const settingsOf = (container: unknown, namespace = 'shop') =>
  new JaegerSettings(container, {
    namespace,
    configMaps: new ObjectIndex(objects, 'ConfigMap', ''),
    secrets: new ObjectIndex(objects, 'Secret', ''),
  });
const variable = (name: string, value: string) => ({ name, value });

describe('JaegerSettings', () => {
  it.each([
    ['a variable', { env: [variable('A_B', 'x')] }, { value: 'x', path: 'env[0].value' }],
    ['the last of two', { env: [variable('A_B', 'x'), variable('A_B', 'y')] }, { value: 'y', path: 'env[1].value' }],
    ['a flag', { args: ['--a.b=x=y'] }, { value: 'x=y', path: 'args[0]' }],
    ['a flag and its value', { args: ['--a-b', 'x'] }, { value: 'x', path: 'args[1]' }],
    ['a flag before a variable', { args: ['--a.b=x'], env: [variable('A_B', 'y')] }, { value: 'x', path: 'args[0]' }],
    ['the last flag', { args: ['--a.b=x', '--a.b=y'] }, { value: 'y', path: 'args[1]' }],
    ['a flag of the command', { command: ['/collector', '--a.b=x'] }, { value: 'x', path: 'command[1]' }],
    ['a flag at the end', { args: ['--a.b'] }, { value: 'true', path: 'args[0]' }],
    ['a flag before another', { args: ['--a.b', '--c'] }, { value: 'true', path: 'args[0]' }],
  ])('reads %s', (_what, container, setting) => {
    expect(settingsOf(container).get('A_B')).toEqual(setting);
  });

  it.each([
    ['nothing', {}],
    ['an empty variable', { env: [variable('A_B', '')] }],
    ['a variable without a value', { env: [{ name: 'A_B' }] }],
    ['the name of the program', { command: ['--a.b=x'] }],
    ['a ConfigMap of the set without it', { envFrom: [{ configMapRef: { name: 'map' } }] }],
    ['a Secret of the set without it', { envFrom: [{ secretRef: { name: 'secret' } }] }],
    ['what is none', { env: 'A_B', args: [1, null] }],
  ])('finds none in %s', (_what, container) => {
    expect(settingsOf(container).get('A_B')).toBeUndefined();
  });

  it.each([
    ['FROM_MAP', { envFrom: [{ configMapRef: { name: 'map' } }] }, 'map', 'envFrom[0]'],
    ['A_FROM_MAP', { envFrom: [{ prefix: 'A_', configMapRef: { name: 'map' } }] }, 'map', 'envFrom[0]'],
    ['X', { envFrom: [{ configMapRef: { name: 'map' } }, { configMapRef: { name: 'later' } }] }, 'high', 'envFrom[1]'],
    ['X', { env: [variable('X', 'own')], envFrom: [{ configMapRef: { name: 'map' } }] }, 'own', 'env[0].value'],
    [
      'H',
      { env: [{ name: 'H', valueFrom: { configMapKeyRef: { name: 'map', key: 'host' } } }] },
      'es',
      'env[0].valueFrom',
    ],
    [
      'N',
      { env: [{ name: 'N', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }] },
      'shop',
      'env[0].valueFrom',
    ],
    ['U', { env: [variable('H', 'es'), variable('U', 'http://$(H):9200')] }, 'http://es:9200', 'env[1].value'],
    ['U', { env: [variable('H', 'es')], args: ['--u', '$(H)'] }, 'es', 'args[1]'],
    ['U', { env: [variable('U', 'a$$(H)')] }, 'a$(H)', 'env[0].value'],
  ])('reads %s out of %j', (name, container, value, path) => {
    expect(settingsOf(container).get(name)).toEqual({ value, path });
  });

  it.each([
    ['a Secret', { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'secret', key: 'HIDDEN' } } }] }, 'A'],
    ['a whole Secret', { envFrom: [{ secretRef: { name: 'secret' } }] }, 'HIDDEN'],
    ['a ConfigMap of elsewhere', { envFrom: [{ configMapRef: { name: 'other' } }] }, 'A'],
    ['a Secret of elsewhere', { envFrom: [{ secretRef: { name: 'other' } }] }, 'A'],
    ['a variable that nobody knows', { env: [variable('A', '$(ES_SERVICE_HOST)')] }, 'A'],
    ['a variable of itself', { env: [variable('A', '$(A)')] }, 'A'],
    ['the address of the pod', { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }] }, 'A'],
  ])('knows that there is one, but not what it says, in %s', (_what, container, name) => {
    const setting = settingsOf(container).get(name);
    expect(setting).toBeDefined();
    expect(setting?.value).toBeUndefined();
  });

  it('does not know its namespace where none is written', () => {
    const container = { env: [{ name: 'N', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }] };
    expect(settingsOf(container, '').get('N')?.value).toBeUndefined();
  });

  it('reads what is given without flags', () => {
    const { positional } = settingsOf({ args: ['--rollover', '7', '--timeout', '9', 'http://es:9200', '--x=1'] });
    expect(positional).toEqual([
      { value: '7', path: 'args[1]' },
      { value: 'http://es:9200', path: 'args[4]' },
    ]);
  });

  it('reads nothing that it is not asked for', () => {
    const container = { env: [variable('A', '04da6b54-80e4-46f7-96ec-b56ff0331ba9'), variable('B', 'x')] };
    expect(settingsOf(container).get('B')?.value).toBe('x');
    expect(() => settingsOf(container).get('A')).toThrow(UnknownFieldError);
  });

  it('names the key of a Secret', () => {
    const settings = settingsOf({
      env: [{ name: 'P', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }, variable('Q', 'x')],
    });
    expect([settings.secretKey('P'), settings.secretKey('Q'), settings.secretKey('R')]).toEqual([
      { name: 's', key: 'k' },
      undefined,
      undefined,
    ]);
  });
});
