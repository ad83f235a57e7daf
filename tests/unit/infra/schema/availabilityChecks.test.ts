import { describe, expect, it } from 'vitest';
import { parseStackArguments } from '../../../../infra/schema/parseStackConfig.ts';
import { configProblemLines } from './configProblemLines.ts';

function problems(args: Readonly<Record<string, unknown>>): string[] {
  return configProblemLines(() => parseStackArguments(args, 'dev'));
}

describe('the number of pods', () => {
  it('is said once: by replicas, or by an autoscaler', () => {
    expect(problems({ collector: { autoscaling: { maxReplicas: 5 } } })).toEqual([]);
    expect(problems({ collector: { replicas: 3, autoscaling: { maxReplicas: 5 } } })).toEqual([
      'collector.replicas = 3: stands beside collector.autoscaling, which would be undone by each deployment: give only one of them',
    ]);
  });

  it('has a largest that is not below its smallest', () => {
    expect(problems({ query: { autoscaling: { minReplicas: 4, maxReplicas: 3 } } })).toEqual([
      'query.autoscaling.maxReplicas = 3: must not be below minReplicas',
    ]);
    expect(problems({ query: { autoscaling: {} } })).toEqual([
      'query.autoscaling.maxReplicas: is missing: must be a whole number from 1 to 1000 (pods)',
    ]);
  });
});

describe('a disruption budget', () => {
  it.each([
    [{ minAvailable: 1 }],
    [{ replicas: 1, minAvailable: 0 }],
    [{ autoscaling: { minReplicas: 4, maxReplicas: 9 }, minAvailable: 3 }],
  ])('of %j lets a node be drained', (collector) => {
    expect(problems({ collector })).toEqual([]);
  });

  it.each([
    [{ minAvailable: 2 }, 'collector.replicas (2)'],
    [{ replicas: 3, minAvailable: 4 }, 'collector.replicas (3)'],
    [{ autoscaling: { minReplicas: 4, maxReplicas: 9 }, minAvailable: 4 }, 'collector.autoscaling.minReplicas (4)'],
    [{ autoscaling: { maxReplicas: 9 }, minAvailable: 2 }, 'collector.autoscaling.minReplicas (2)'],
  ])('of %j that would block every drain is refused', (collector, where) => {
    expect(problems({ collector })).toEqual([
      `collector.minAvailable = ${String(collector.minAvailable)}: must be below ${where}: no node with one of the pods could be drained`,
    ]);
  });
});
