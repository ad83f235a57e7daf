import { describe, expect, it } from 'vitest';
import { samplingConflicts, samplingSizeProblem } from '../../../../infra/schema/samplingConflicts.ts';

const half = { type: 'probabilistic', param: 0.5 } as const;
const operations = (...names: string[]) => names.map((operation) => ({ operation, ...half }));
const numbered = (count: number, prefix = '') =>
  operations(...Array.from({ length: count }, (_, n) => `${prefix}${n}`));

function conflictsOf(sampling: unknown): string[] {
  return samplingConflicts(sampling).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('samplingConflicts', () => {
  it('finds none in strategies that share operations with the default', () => {
    const sampling = {
      default: { ...half, operations: operations('a') },
      services: [{ service: 'shop', ...half, operations: operations('a', 'b') }],
    };
    expect(conflictsOf(sampling)).toEqual([]);
  });

  it.each([[null], [[]], [{}], [{ default: 1, services: 2 }], [{ services: [null, 3] }]])(
    'leaves %j to the schema',
    (sampling) => {
      expect(conflictsOf(sampling)).toEqual([]);
    },
  );

  it('finds a service that is listed twice', () => {
    const services = ['a', 'b', 'a'].map((service) => ({ service, ...half }));
    expect(conflictsOf({ services })).toEqual([
      'services.2.service: is listed twice: Jaeger would keep only the last; keep one',
    ]);
  });

  it('finds an operation that is listed twice', () => {
    const listedTwice =
      'is listed twice: Jaeger would hand out both, and which of them counts is up to each client library; keep one';
    const strategy = { ...half, operations: operations('a', 'a') };
    expect(conflictsOf({ default: strategy, services: [{ service: 'shop', ...strategy }] })).toEqual([
      `default.operations.1.operation: ${listedTwice}`,
      `services.0.operations.1.operation: ${listedTwice}`,
    ]);
  });

  it("finds a rate-limited service that would not get the default's operations", () => {
    const sampling = {
      default: { ...half, operations: operations('a') },
      services: [{ service: 'shop', type: 'ratelimiting', param: 5 }],
    };
    expect(conflictsOf(sampling)).toEqual([
      'services.0.type: must not be "ratelimiting" beside default.operations: Jaeger ignores those for a rate-limited ' +
        'service; write "probabilistic", or list the operations at the services that need them',
    ]);
  });

  it('counts the operations of a service with those of the default that it does not list itself', () => {
    const sampling = (own: number) => ({
      default: { ...half, operations: numbered(1000) },
      services: [{ service: 'shop', ...half, operations: [...numbered(1), ...numbered(own - 1, 'own')] }],
    });
    expect(conflictsOf(sampling(1001))).toEqual([]);
    expect(conflictsOf(sampling(1002))).toEqual([
      "services.0.operations: must not be more than 2000 with the default's: client libraries ignore the others; there are " +
        '2001, leave out those that are sampled as their service is',
    ]);
  });

  it('counts the operations of the default', () => {
    expect(conflictsOf({ default: { ...half, operations: numbered(2001) } })).toEqual([
      'default.operations: must not be more than 2000: client libraries ignore the others; there are 2001, leave out those ' +
        'that are sampled as their service is',
    ]);
  });
});

describe('samplingSizeProblem', () => {
  const strategies = (count: number) => ({
    default: { ...half, operations: [] },
    services: Array.from({ length: count }, (_, n) => ({ service: `${'ü'.repeat(200)}${n}`, ...half, operations: [] })),
  });

  it('says when the file does not fit into a ConfigMap', () => {
    expect(samplingSizeProblem(strategies(1000))).toBeUndefined();
    expect(samplingSizeProblem(strategies(3000))).toMatch(
      /^must not be larger than 1048576 bytes when it is written for Jaeger, which Kubernetes allows in a ConfigMap: it has \d{7}; leave out what equals the default$/,
    );
  });
});
