import fc from 'fast-check';
import type { OperationStrategy, SamplingStrategies } from '../../infra/jaeger/samplingStrategies.ts';

/** Names as applications have them, and those that a file format, a URL or a regular expression could stumble over. */
const anyName = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._/:-]{1,20}$/),
  fc.constantFrom(
    'GET /orders/{id}',
    'a "quoted" \\ name',
    'null',
    '0.5',
    '__proto__',
    'constructor',
    'Bücher & <b>',
    '日本語',
    '🛒 cart',
    'a  b',
    'x'.repeat(256),
    '","probabilisticSampling":null,"',
    '"strategyType":"PROBABILISTIC"',
    '\uFFFD',
  ),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((name) => name.length <= 256 && /^(?!\s)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+(?<!\s)$/u.test(name)),
);

const anyShare = fc.oneof(
  fc.constantFrom(0, 1, 1e-9, 0.1, 0.001, 1 / 3, 1 - Number.EPSILON),
  fc.double({ min: 1e-9, max: 1, noNaN: true }),
);
const anyRate = fc.oneof(fc.constantFrom(1, 32_767), fc.integer({ min: 1, max: 32_767 }));

const anyOperations: fc.Arbitrary<readonly OperationStrategy[]> = fc.uniqueArray(
  fc.record({ operation: anyName, type: fc.constant('probabilistic' as const), param: anyShare }),
  { selector: ({ operation }) => operation, maxLength: 6 },
);
const probabilistic = fc.record({
  type: fc.constant('probabilistic' as const),
  param: anyShare,
  operations: anyOperations,
});
const rateLimiting = fc.record({ type: fc.constant('ratelimiting' as const), param: anyRate });

/** One listed service. */
export const anyService = fc
  .tuple(anyName, fc.oneof(probabilistic, rateLimiting))
  .map(([service, strategy]) => ({ service, ...strategy }));

/** Whole strategies that the schema accepts. */
export const anyStrategies: fc.Arbitrary<SamplingStrategies> = fc
  .record({
    default: fc.oneof(probabilistic, rateLimiting),
    services: fc.uniqueArray(anyService, { selector: ({ service }) => service, maxLength: 6 }),
  })
  .map(({ default: fallback, services }) => ({
    default: fallback,
    // A rate-limited service does not go with operations of the default.
    services:
      fallback.type === 'probabilistic' && fallback.operations.length > 0
        ? services.filter(({ type }) => type === 'probabilistic')
        : services,
  }));
