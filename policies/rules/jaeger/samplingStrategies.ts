import { field, isRecord, shown } from '../../kubernetes/fields.ts';
import { repeatedKey } from './repeatedKey.ts';

/** What is wrong with a file of sampling strategies. */
export interface SamplingProblem {
  /** In Jaeger's keys: `service_strategies[0].param`. Empty for the file as a whole. */
  readonly path: string;
  /** To be read after the path. */
  readonly problem: string;
}

const strategyKeys = ['type', 'param', 'operation_strategies'];
const keysOf = {
  root: ['default_strategy', 'service_strategies'],
  default: strategyKeys,
  service: ['service', ...strategyKeys],
  operation: ['operation', 'type', 'param'],
} as const;

/** Samplers of OpenTelemetry cannot tell less from nothing. */
const smallestShare = 1e-9;
/** What agents hand older clients is a 16-bit number (Jaeger 1.50 `model/converter/thrift/jaeger`). */
const largestRate = 32_767;
/** Elasticsearch indexes no longer name (Jaeger 1.50 `plugin/storage/es/mappings`, `ignore_above`). */
const longestName = 256;
/** jaeger-client-java drops those beyond (`PerOperationSampler`, `maxOperations`). */
const mostOperations = 2000;
/** Kubernetes: all of a ConfigMap together. */
const largestFile = 1024 * 1024;
const visibleName = /^(?!\s)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+(?<!\s)$/u;

/**
 * Finds what Jaeger 1.50 or a client library would refuse, drop or silently read as something else in a file of sampling strategies
 * (`plugin/sampling/strategystore/static`).
 */
export function* samplingProblems(json: string): Iterable<SamplingProblem> {
  const root = parsed(json);
  if (!isRecord(root)) {
    yield { path: '', problem: 'is no mapping as JSON, as Jaeger needs it' };
    return;
  }
  const repeated = repeatedKey(json);
  if (repeated !== undefined)
    yield { path: '', problem: `has the key ${shown(repeated)} twice in one place: Jaeger keeps only the last` };
  const bytes = Buffer.byteLength(json);
  if (bytes > largestFile)
    yield { path: '', problem: `has ${bytes} bytes: a ConfigMap must not have more than ${largestFile}` };
  yield* unknownKeys(root, keysOf.root, '');
  yield* defaultProblems(root['default_strategy']);
  yield* serviceProblems(root['service_strategies'], namesIn(root['default_strategy']));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function* defaultProblems(strategy: unknown): Iterable<SamplingProblem> {
  const path = 'default_strategy';
  if (strategy === undefined)
    yield { path, problem: 'is missing: Jaeger samples 0.001 of every service that is not listed' };
  else yield* strategyProblems(strategy, keysOf.default, path, []);
}

function* serviceProblems(list: unknown, defaults: readonly unknown[]): Iterable<SamplingProblem> {
  const path = 'service_strategies';
  if (list === undefined) return;
  if (!Array.isArray(list)) {
    yield { path, problem: 'must be a list of mappings' };
    return;
  }
  yield* repeatedNames(list, 'service', path, 'Jaeger keeps only the last');
  for (const [index, strategy] of list.entries()) {
    const at = `${path}[${index}]`;
    if (isRecord(strategy)) yield* nameProblems(strategy['service'], `${at}.service`);
    yield* strategyProblems(strategy, keysOf.service, at, defaults);
    if (field(strategy, 'type') === 'ratelimiting' && defaults.length > 0)
      yield {
        path: `${at}.type`,
        problem: 'must not be "ratelimiting" beside operations of the default: Jaeger ignores those for such a service',
      };
  }
}

/** @param inherited - The operations of the default, which Jaeger hands out with those of each service. */
function* strategyProblems(
  strategy: unknown,
  keys: readonly string[],
  path: string,
  inherited: readonly unknown[],
): Iterable<SamplingProblem> {
  if (!isRecord(strategy)) {
    yield { path, problem: `is ${shown(strategy)}: it must be a mapping with a type and a param` };
    return;
  }
  yield* unknownKeys(strategy, keys, path);
  const operations = strategy['operation_strategies'];
  if (strategy['type'] === 'probabilistic') {
    yield* shareProblems(strategy['param'], `${path}.param`);
    yield* operationProblems(operations, `${path}.operation_strategies`, inherited);
  } else if (strategy['type'] === 'ratelimiting') {
    yield* rateProblems(strategy['param'], `${path}.param`);
    if (operations !== undefined)
      yield {
        path: `${path}.operation_strategies`,
        problem: 'must not stand beside "ratelimiting": client libraries drop the rate',
      };
  } else
    yield {
      path: `${path}.type`,
      problem: `is ${shown(strategy['type'])}: it must be "probabilistic" or "ratelimiting", or Jaeger samples 0.001`,
    };
}

function* operationProblems(list: unknown, path: string, inherited: readonly unknown[]): Iterable<SamplingProblem> {
  if (list === undefined) return;
  if (!Array.isArray(list)) {
    yield { path, problem: 'must be a list of mappings' };
    return;
  }
  yield* repeatedNames(list, 'operation', path, 'which of them counts is up to each client library');
  const count = new Set([...list.map((one) => field(one, 'operation')), ...inherited]).size;
  if (list.length > 0 && count > mostOperations)
    yield { path, problem: `are ${count} with those of the default: there must not be more than ${mostOperations}` };
  for (const [index, operation] of list.entries()) {
    const at = `${path}[${index}]`;
    if (!isRecord(operation)) {
      yield { path: at, problem: 'must be a mapping with an operation, a type and a param' };
      continue;
    }
    yield* unknownKeys(operation, keysOf.operation, at);
    yield* nameProblems(operation['operation'], `${at}.operation`);
    if (operation['type'] !== 'probabilistic')
      yield {
        path: `${at}.type`,
        problem: `is ${shown(operation['type'])}: it must be "probabilistic", or Jaeger drops it or samples 0.001`,
      };
    yield* shareProblems(operation['param'], `${at}.param`);
  }
}

function* shareProblems(value: unknown, path: string): Iterable<SamplingProblem> {
  if (typeof value === 'number' && (value === 0 || (value >= smallestShare && value <= 1))) return;
  yield {
    path,
    problem: `is ${shown(value)}: it must be 0, or a number from 0.000000001 to 1 (share of traces)`,
  };
}

function* rateProblems(value: unknown, path: string): Iterable<SamplingProblem> {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= largestRate) return;
  yield {
    path,
    problem: `is ${shown(value)}: it must be a whole number from 1 to ${largestRate} (traces per second), since Jaeger cuts fractions off`,
  };
}

function* nameProblems(value: unknown, path: string): Iterable<SamplingProblem> {
  if (typeof value === 'string' && value.length <= longestName && visibleName.test(value)) return;
  yield {
    path,
    problem: `is ${shown(value)}: it must be a name of 1 to ${longestName} visible characters, without blanks at its ends`,
  };
}

function* unknownKeys(value: object, known: readonly string[], path: string): Iterable<SamplingProblem> {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    yield {
      path: path === '' ? key : `${path}.${key}`,
      problem: `is no key that Jaeger knows here: it must be one of ${known.join(', ')}`,
    };
  }
}

function* repeatedNames(list: readonly unknown[], key: string, path: string, why: string): Iterable<SamplingProblem> {
  const seen = new Set<unknown>();
  for (const [index, entry] of list.entries()) {
    const name = field(entry, key);
    if (seen.has(name) && typeof name === 'string')
      yield { path: `${path}[${index}].${key}`, problem: `is ${shown(name)}, which is listed before: ${why}` };
    seen.add(name);
  }
}

function namesIn(strategy: unknown): readonly unknown[] {
  const list = field(strategy, 'operation_strategies');
  return Array.isArray(list) ? list.map((entry) => field(entry, 'operation')) : [];
}
