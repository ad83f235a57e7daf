import { isRecord } from '../../core/isRecord.ts';
import { inspect } from 'node:util';
import type {
  PerOperationStrategy,
  ProbabilisticStrategy,
  RateLimitingStrategy,
  SamplingStrategy,
} from './samplingStrategy.ts';
import { SamplingStrategyError } from './samplingStrategyError.ts';

/**
 * Reads an answer of Jaeger's sampling endpoints: the agent's `:5778/sampling`, its `:5778/` for older clients, which
 * writes the type as a number, and the collector's `:14268/api/sampling`.
 *
 * - Operations that are listed come first, the last of two with the same name: the agent hands out both.
 * - A rate-limited service with operations is rate-limited but for these, as its strategies file says. Jaeger puts a
 *   share of 0.001 for all other operations beside the rate, and client libraries take that and drop the rate
 *   (opentelemetry-java #5504).
 * - `null` is the same as nothing. Keys that are not known are passed over.
 *
 * @throws SamplingStrategyError, and nothing else, for whatever is no strategy: there is no share above 1 or below 0, no
 * negative rate, and nothing is guessed in the place of what is missing.
 */
export function parseSamplingStrategy(body: string): SamplingStrategy {
  const answer = recordAt(parseJson(body), '');
  const operations = answer['operationSampling'] ?? undefined;
  if (isRateLimiting(answer['strategyType'])) {
    const fallback = rateLimiting(answer['rateLimitingSampling']);
    return operations === undefined ? fallback : perOperation(operations, () => fallback);
  }
  return operations === undefined
    ? probabilistic(answer['probabilisticSampling'], 'probabilisticSampling')
    : perOperation(operations, defaultProbability);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new SamplingStrategyError({ path: '', found: shown(body), allowed: 'JSON', cause });
  }
}

/** The official answer has the name (proto3's JSON), that of the agent to older clients the number (Thrift's enum). */
function isRateLimiting(strategyType: unknown): boolean {
  switch (strategyType) {
    case 'PROBABILISTIC':
    case 0:
      return false;
    case 'RATE_LIMITING':
    case 1:
      return true;
    default:
      throw unexpected('strategyType', strategyType, 'PROBABILISTIC, RATE_LIMITING, 0 or 1');
  }
}

function rateLimiting(value: unknown): RateLimitingStrategy {
  const path = 'rateLimitingSampling';
  const maxTracesPerSecond = rateAt(recordAt(value, path)['maxTracesPerSecond'], `${path}.maxTracesPerSecond`);
  return { type: 'ratelimiting', maxTracesPerSecond };
}

function probabilistic(value: unknown, path: string): ProbabilisticStrategy {
  return { type: 'probabilistic', ratio: shareAt(recordAt(value, path)['samplingRate'], `${path}.samplingRate`) };
}

/** What an answer says for the operations that it does not list. */
type Fallback = (sampling: Readonly<Record<string, unknown>>) => PerOperationStrategy['fallback'];

const defaultProbability: Fallback = (sampling) => ({
  type: 'probabilistic',
  ratio: shareAt(sampling['defaultSamplingProbability'], 'operationSampling.defaultSamplingProbability'),
});

function perOperation(value: unknown, fallback: Fallback): PerOperationStrategy {
  const path = 'operationSampling';
  const sampling = recordAt(value, path);
  return {
    type: 'peroperation',
    fallback: fallback(sampling),
    lowerBoundTracesPerSecond: rateAt(
      sampling['defaultLowerBoundTracesPerSecond'],
      `${path}.defaultLowerBoundTracesPerSecond`,
    ),
    ratios: ratios(sampling['perOperationStrategies'] ?? [], `${path}.perOperationStrategies`),
  };
}

function ratios(value: unknown, path: string): ReadonlyMap<string, number> {
  if (!Array.isArray(value)) throw unexpected(path, value, 'an array');
  const strategies: readonly unknown[] = value;
  return new Map(strategies.map((strategy, index) => operationRatio(strategy, `${path}[${index}]`)));
}

function operationRatio(value: unknown, path: string): readonly [string, number] {
  const { operation, probabilisticSampling } = recordAt(value, path);
  if (typeof operation !== 'string') throw unexpected(`${path}.operation`, operation, 'a string');
  return [operation, probabilistic(probabilisticSampling, `${path}.probabilisticSampling`).ratio];
}

function recordAt(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw unexpected(path, value, 'an object');
}

function shareAt(value: unknown, path: string): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw unexpected(path, value, 'a number from 0 to 1');
}

function rateAt(value: unknown, path: string): number {
  if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value;
  throw unexpected(path, value, 'a number of traces per second, at least 0');
}

function unexpected(path: string, value: unknown, allowed: string): SamplingStrategyError {
  return new SamplingStrategyError({ path, found: shown(value), allowed });
}

/** Short, whatever it is: it ends up in a log. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return value === null ? 'null' : 'an object';
  // JSON has no 1e999, which is read as Infinity.
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 100)) : inspect(value);
}
