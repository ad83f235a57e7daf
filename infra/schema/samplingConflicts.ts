import { samplingStrategiesFile, type SamplingStrategies } from '../jaeger/samplingStrategies.ts';
import { isRecord } from './isRecord.ts';

/** What no single key of the sampling strategies can be blamed for. */
export interface SamplingConflict {
  /** Where, seen from the sampling strategies. */
  readonly path: PropertyKey[];
  readonly message: string;
}

/** jaeger-client-java drops the operations beyond these (`PerOperationSampler`, `maxOperations`). */
const mostOperations = 2000;

/** Kubernetes: all values of a ConfigMap together. */
const configMapBytes = 1024 * 1024;

/**
 * Finds entries that contradict each other. What is wrong with a single key is left to the schema.
 *
 * @param sampling - The strategies as they are written.
 */
export function samplingConflicts(sampling: unknown): SamplingConflict[] {
  const fallback = isRecord(sampling) ? sampling['default'] : undefined;
  const defaults = namesIn(fallback, 'operations', 'operation');
  return [
    ...repeated(defaults, ['default', 'operations'], 'operation', repeatedOperation),
    ...tooMany(defaults, [], ['default', 'operations']),
    ...repeated(namesIn(sampling, 'services', 'service'), ['services'], 'service', repeatedService),
    ...entriesOf(sampling, 'services').flatMap((service, index) =>
      serviceConflicts(service, ['services', index], defaults),
    ),
  ];
}

/** Says that the file of the strategies does not fit into a ConfigMap; `undefined` where it does. */
export function samplingSizeProblem(strategies: SamplingStrategies): string | undefined {
  const bytes = Buffer.byteLength(samplingStrategiesFile(strategies));
  if (bytes <= configMapBytes) return undefined;
  return (
    `must not be larger than ${configMapBytes} bytes when it is written for Jaeger, which Kubernetes allows in a ConfigMap: ` +
    `it has ${bytes}; leave out what equals the default`
  );
}

const repeatedService = 'is listed twice: Jaeger would keep only the last; keep one';
const repeatedOperation =
  'is listed twice: Jaeger would hand out both, and which of them counts is up to each client library; keep one';

function serviceConflicts(service: unknown, path: PropertyKey[], defaults: readonly unknown[]): SamplingConflict[] {
  const operations = namesIn(service, 'operations', 'operation');
  if (isRecord(service) && service['type'] === 'ratelimiting' && defaults.length > 0) {
    const message =
      'must not be "ratelimiting" beside default.operations: Jaeger ignores those for a rate-limited service; write ' +
      '"probabilistic", or list the operations at the services that need them';
    return [{ path: [...path, 'type'], message }];
  }
  return [
    ...repeated(operations, [...path, 'operations'], 'operation', repeatedOperation),
    ...tooMany(operations, defaults, [...path, 'operations']),
  ];
}

function repeated(names: readonly unknown[], path: PropertyKey[], key: string, message: string): SamplingConflict[] {
  const seen = new Set<unknown>();
  return names.flatMap((name, index) => {
    const first = !seen.has(name);
    seen.add(name);
    return first || typeof name !== 'string' ? [] : [{ path: [...path, index, key], message }];
  });
}

/** Jaeger hands out the default's operations with those of each service. */
function tooMany(own: readonly unknown[], defaults: readonly unknown[], path: PropertyKey[]): SamplingConflict[] {
  const count = new Set([...own, ...defaults]).size;
  if (own.length === 0 || count <= mostOperations) return [];
  const inherited = defaults.length === 0 ? '' : " with the default's";
  const message =
    `must not be more than ${mostOperations}${inherited}: client libraries ignore the others; there are ${count}, ` +
    'leave out those that are sampled as their service is';
  return [{ path, message }];
}

function namesIn(value: unknown, list: string, key: string): readonly unknown[] {
  return entriesOf(value, list).map((entry) => (isRecord(entry) ? entry[key] : undefined));
}

function entriesOf(value: unknown, key: string): readonly unknown[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}
