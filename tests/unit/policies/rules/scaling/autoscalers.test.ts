import { describe, expect, it } from 'vitest';
import { hpaBounds } from '../../../../../policies/rules/scaling/hpaBounds.ts';
import { hpaMetrics } from '../../../../../policies/rules/scaling/hpaMetrics.ts';
import { hpaUtilization } from '../../../../../policies/rules/scaling/hpaUtilization.ts';
import { declared, saidOf } from '../../support/declared.ts';

const autoscaler = (spec: unknown, version = 'v2') =>
  declared(`autoscaling/${version}`, 'HorizontalPodAutoscaler', { spec });
const metrics = (...list: readonly unknown[]) => autoscaler({ metrics: list });
const resource = (target: unknown, name: unknown = 'cpu') => ({ type: 'Resource', resource: { name, target } });

it.each([hpaBounds, hpaMetrics, hpaUtilization])('$name says nothing of autoscalers of other groups', (rule) => {
  const spec = { maxReplicas: 1, metrics: [{}], targetCPUUtilizationPercentage: 0 };
  expect(saidOf(rule, declared('example.com/v1', 'HorizontalPodAutoscaler', { spec }))).toEqual([]);
});

describe('hpa-bounds', () => {
  const least = 'spec.minReplicas';
  const most = 'spec.maxReplicas';

  it.each(['v1', 'v2', 'v2beta2'])('looks at autoscaling/%s', (version) => {
    expect(saidOf(hpaBounds, autoscaler({ minReplicas: 2, maxReplicas: 3 }, version))).toEqual([]);
    expect(saidOf(hpaBounds, autoscaler({ minReplicas: 1, maxReplicas: 3 }, version))).toHaveLength(1);
  });

  it.each([
    [{ maxReplicas: 3 }, [`${least} is missing, so that it is 1: it must be 2 or more`]],
    [{ minReplicas: 0, maxReplicas: 3 }, [`${least} is 0: it must be 2 or more`]],
    [{ minReplicas: '2', maxReplicas: 3 }, [`${least} is "2": it must be 2 or more`]],
    [{ minReplicas: 3, maxReplicas: 3 }, [`${most} is 3: it must be above spec.minReplicas, which is 3`]],
    [{ minReplicas: 3 }, [`${most} is missing: it must be above spec.minReplicas, which is 3`]],
    [
      { maxReplicas: 1 },
      [
        `${least} is missing, so that it is 1: it must be 2 or more`,
        `${most} is 1: it must be above spec.minReplicas, which is 1`,
      ],
    ],
  ])('refuses %j', (spec, sentences) => {
    expect(saidOf(hpaBounds, autoscaler(spec))).toEqual(sentences);
  });

  it('has the lowest number from its parameter', () => {
    expect(saidOf(hpaBounds, autoscaler({ maxReplicas: 3 }), { minimum: 1 })).toEqual([]);
    expect(saidOf(hpaBounds, autoscaler({ minReplicas: 0, maxReplicas: 3 }), { minimum: 0 })).toEqual([]);
  });
});

describe('hpa-metrics', () => {
  const target = { type: 'AverageValue', averageValue: '100m' };

  it.each([
    ['none', []],
    ['utilization', [resource({ type: 'Utilization', averageUtilization: 1 })]],
    ['a value of a resource', [resource(target, 'memory')]],
    ['a container', [{ type: 'ContainerResource', containerResource: { name: 'cpu', container: 'shop', target } }]],
    ['pods', [{ type: 'Pods', pods: { metric: { name: 'requests' }, target } }]],
    ['an object', [{ type: 'Object', object: { metric: { name: 'requests' }, target: { type: 'Value', value: 5 } } }]],
    ['something external', [{ type: 'External', external: { metric: { name: 'queue' }, target } }]],
  ])('takes %s', (_what, list) => {
    expect(saidOf(hpaMetrics, metrics(...list))).toEqual([]);
  });

  const types = 'it must be one of Resource, ContainerResource, Pods, Object, External';
  const ofResource = 'it must have averageUtilization or averageValue above 0';
  it.each([
    [{}, [`type is missing: ${types}`]],
    [{ type: 'CPU' }, [`type is "CPU": ${types}`]],
    [{ type: 'constructor' }, [`type is "constructor": ${types}`]],
    [resource({ averageUtilization: 0 }), [`resource.target has no value to aim at: ${ofResource}`]],
    [resource({ value: '5' }), [`resource.target has no value to aim at: ${ofResource}`]],
    [resource(target, ''), ['resource.name is missing: it must not be empty']],
    [
      { type: 'ContainerResource', containerResource: { name: 'cpu', target } },
      ['containerResource.container is missing: it must not be empty'],
    ],
    [
      { type: 'Pods', pods: { target: { averageValue: '0' } } },
      [
        'pods.metric.name is missing: it must not be empty',
        'pods.target has no value to aim at: it must have averageValue above 0',
      ],
    ],
    [
      { type: 'Object', object: { metric: { name: 'requests' } } },
      ['object.target has no value to aim at: it must have value or averageValue above 0'],
    ],
    [
      { type: 'External', resource: { name: 'cpu', target } },
      [
        'external.metric.name is missing: it must not be empty',
        'external.target has no value to aim at: it must have value or averageValue above 0',
      ],
    ],
  ])('refuses %j', (metric, sentences) => {
    expect(saidOf(hpaMetrics, metrics(resource(target), metric))).toEqual(
      sentences.map((sentence) => `spec.metrics[1].${sentence}`),
    );
  });

  it('leaves the first version of metrics out, whose fields were others', () => {
    const old = { metrics: [{ type: 'Resource', resource: { name: 'cpu', targetAverageUtilization: 70 } }] };
    expect(saidOf(hpaMetrics, autoscaler(old, 'v2beta1'))).toEqual([]);
  });
});

describe('hpa-utilization', () => {
  const container = { type: 'ContainerResource', containerResource: { target: { averageUtilization: 101 } } };

  it('takes 1 to 100, and metrics without one', () => {
    const list = [resource({ averageUtilization: 1 }), resource({ averageUtilization: 100 }), resource({}), {}];
    expect(saidOf(hpaUtilization, metrics(...list))).toEqual([]);
    expect(saidOf(hpaUtilization, autoscaler({ targetCPUUtilizationPercentage: 80 }, 'v1'))).toEqual([]);
    expect(saidOf(hpaUtilization, autoscaler({}, 'v1'))).toEqual([]);
  });

  it('refuses more, and less', () => {
    const must = 'it must be from 1 to 100 percent of the request';
    expect(saidOf(hpaUtilization, metrics(container, resource({ averageUtilization: 0 })))).toEqual([
      `spec.metrics[0].containerResource.target.averageUtilization is 101: ${must}`,
      `spec.metrics[1].resource.target.averageUtilization is 0: ${must}`,
    ]);
    expect(saidOf(hpaUtilization, autoscaler({ targetCPUUtilizationPercentage: 0 }, 'v1'))).toEqual([
      `spec.targetCPUUtilizationPercentage is 0: ${must}`,
    ]);
  });

  it('has its bounds from its parameters', () => {
    const bounds = { minimum: 50, maximum: 80 };
    const said = (averageUtilization: number) =>
      saidOf(hpaUtilization, metrics(resource({ averageUtilization })), bounds);
    expect([49, 50, 80, 81].map((percent) => said(percent).length)).toEqual([1, 0, 0, 1]);
  });
});
