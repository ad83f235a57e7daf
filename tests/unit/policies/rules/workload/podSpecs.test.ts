import { describe, expect, it } from 'vitest';
import { emptyDirLimits } from '../../../../../policies/rules/workload/emptyDirLimits.ts';
import { terminationGrace } from '../../../../../policies/rules/workload/terminationGrace.ts';
import { problemsOf } from '../../../../support/problemsOf.ts';
import { podsOfKind, saidOf, unknownText } from '../../support/declared.ts';

describe('termination-grace', () => {
  const field = 'spec.terminationGracePeriodSeconds';
  const said = (grace: unknown, preStop?: unknown, parameters = {}) =>
    saidOf(
      terminationGrace,
      podsOfKind('Pod', {
        spec: { terminationGracePeriodSeconds: grace, containers: [{ name: 'shop', lifecycle: { preStop } }] },
      }),
      parameters,
    );
  const shell = (...command: readonly string[]) => ({ exec: { command } });

  it.each([undefined, null, 1, 300])('takes %j', (grace) => {
    expect(said(grace)).toEqual([]);
  });

  it.each([
    [0, 'is 0'],
    [-1, 'is -1'],
    [301, 'is 301'],
    ['30', 'is "30"'],
  ])('refuses %j', (grace, state) => {
    expect(said(grace)).toEqual([`${field} ${state}: it must be from 1 to 300 seconds`]);
  });

  it('counts what is missing as 30 seconds, within the bounds of its parameters', () => {
    expect(said(undefined, undefined, { minimum: 30, maximum: 30 })).toEqual([]);
    expect(said(undefined, undefined, { minimum: 60 })).toEqual([
      `${field} is missing, so that it is 30: it must be from 60 to 300 seconds`,
    ]);
  });

  it.each([
    [30, { sleep: { seconds: 29 } }],
    [30, shell('sleep', '29')],
    [undefined, shell('/bin/sh', '-c', 'nginx -s quit; sleep 20')],
    [30, shell('usleep', '90')],
    [30, shell('sleep', 'infinity')],
    [30, shell('sleep', '0.4m')],
    [30, { httpGet: { path: '/stop', port: 80 } }],
  ])('takes, with %s seconds, %j', (grace, preStop) => {
    expect(said(grace, preStop)).toEqual([]);
  });

  it.each([
    [30, { sleep: { seconds: 30 } }, 30],
    [30, shell('sleep', '60'), 60],
    [30, shell('sh', '-c', 'sleep 10; drain; sleep 20'), 30],
    [30, shell('/bin/sleep', '1m'), 60],
    [undefined, shell('sleep', '30.5s'), 30.5],
  ])('refuses, with %s seconds, %j', (grace, preStop, seconds) => {
    expect(said(grace, preStop)).toEqual([
      `spec.containers[0].lifecycle.preStop sleeps ${seconds} seconds, and the pod has ${grace ?? 30} to end: it must sleep less, so that its process has time left`,
    ]);
  });

  it('says only once that there is no time at all', () => {
    expect(said(0, { sleep: { seconds: 5 } })).toHaveLength(1);
  });

  it('names the container', () => {
    const containers = [{ name: 'proxy' }, { name: 'shop', lifecycle: { preStop: { sleep: { seconds: 40 } } } }];
    expect(problemsOf(terminationGrace, [podsOfKind('Deployment', { spec: { containers } })])).toEqual([
      'Deployment/shop, container "shop": spec.template.spec.containers[1].lifecycle.preStop sleeps 40 seconds, and the pod has 30 to end: it must sleep less, so that its process has time left. Fix: terminationGracePeriodSeconds: 70, or a shorter sleep',
    ]);
  });
});

describe('empty-dir-limits', () => {
  const said = (...volumes: readonly unknown[]) =>
    saidOf(emptyDirLimits, podsOfKind('StatefulSet', { spec: { volumes } }));

  it.each([
    { name: 'a', emptyDir: { sizeLimit: '1Gi' } },
    { name: 'a', emptyDir: { medium: 'Memory', sizeLimit: 1024 } },
    { name: 'a', configMap: { name: 'shop' } },
    { name: 'a', emptyDir: null, secret: { secretName: unknownText } },
  ])('takes %j', (volume) => {
    expect(said(volume)).toEqual([]);
  });

  it.each([
    [{ name: 'a', emptyDir: {} }, 'is missing'],
    [{ name: 'a', emptyDir: { sizeLimit: 0 } }, 'is 0'],
    [{ name: 'a', emptyDir: { sizeLimit: 'much' } }, 'is "much"'],
    [{ name: 'a', emptyDir: null }, 'is missing'],
    [{ name: 'a' }, 'is missing'],
  ])('refuses %j', (volume, state) => {
    expect(said({ name: 'b', emptyDir: { sizeLimit: '1Mi' } }, volume)).toEqual([
      `spec.template.spec.volumes[1].emptyDir.sizeLimit ${state}: it must be a Kubernetes quantity above zero`,
    ]);
  });
});
