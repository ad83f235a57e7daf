import { describe, expect, it } from 'vitest';
import { resourceMaxima } from '../../../../../policies/rules/container/resourceMaxima.ts';
import { resourceRatios } from '../../../../../policies/rules/container/resourceRatios.ts';
import { fieldsIn, problemsIn } from './containerFixtures.ts';

const amounts = (name: string, request: unknown, limit: unknown) => ({
  resources: { requests: { [name]: request }, limits: { [name]: limit } },
});

describe('resource-ratios', () => {
  it.each([
    ['cpu', '100m', 1, 0],
    ['cpu', '100m', '1001m', 1],
    ['memory', '128Mi', '256Mi', 0],
    ['memory', '128Mi', '257Mi', 1],
    ['ephemeral-storage', '1Gi', '10Gi', 0],
    ['ephemeral-storage', '1Gi', '10.5Gi', 1],
  ])('compares a limit of %s: request %s, limit %s', (name, request, limit, count) => {
    expect(problemsIn(resourceRatios, amounts(name, request, limit))).toHaveLength(count);
  });

  it.each([
    ['no request', undefined, '1Gi'],
    ['no limit', '1Gi', undefined],
    ['a request of zero', 0, '1Gi'],
    ['a limit that is no quantity', '1Gi', 'lots'],
    ['a limit below its request', '1Gi', '1Mi'],
  ])('leaves %s to container-resources', (_what, request, limit) => {
    expect(problemsIn(resourceRatios, amounts('memory', request, limit))).toEqual([]);
  });

  it('says how many times is allowed', () => {
    expect(problemsIn(resourceRatios, amounts('cpu', '100m', 2))).toEqual([
      'resources.limits.cpu is 2: it must be at most 10 times resources.requests.cpu, which is "100m"',
    ]);
  });

  it('asks for equal amounts where 1 is allowed', () => {
    const parameters = { cpu: 1, memory: 1, ephemeralStorage: 1 };
    expect(problemsIn(resourceRatios, amounts('cpu', '1000m', 1), parameters)).toEqual([]);
    expect(problemsIn(resourceRatios, amounts('memory', '1Gi', '1025Mi'), parameters)).toEqual([
      'resources.limits.memory is "1025Mi": it must be the same as resources.requests.memory, which is "1Gi"',
    ]);
  });

  it.each([
    ['1500m', 0],
    ['1501m', 1],
  ])('takes a ratio that is no integer: 1.5 for a limit of %s', (limit, count) => {
    expect(problemsIn(resourceRatios, amounts('cpu', 1, limit), { cpu: 1.5 })).toHaveLength(count);
  });
});

describe('resource-maxima', () => {
  it.each([
    ['cpu', '16000m', 0],
    ['cpu', '16001m', 1],
    ['memory', '64Gi', 0],
    ['memory', '65Gi', 1],
    ['memory', 'lots', 0],
    ['memory', undefined, 0],
  ])('compares a limit of %s: %s', (name, limit, count) => {
    expect(problemsIn(resourceMaxima, { resources: { limits: { [name]: limit } } })).toHaveLength(count);
  });

  it('takes the maxima of a configuration', () => {
    const resources = { limits: { cpu: 2, memory: '2Gi' } };
    expect(problemsIn(resourceMaxima, { resources }, { maximumCpu: '500m', maximumMemory: '1Gi' })).toEqual([
      'resources.limits.cpu is 2: it must be at most "500m"',
      'resources.limits.memory is "2Gi": it must be at most "1Gi"',
    ]);
  });

  it('says nothing of requests', () => {
    expect(fieldsIn(resourceMaxima, { resources: { requests: { cpu: 100 } } })).toEqual([]);
  });
});
