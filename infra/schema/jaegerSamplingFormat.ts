import { isRecord } from './isRecord.ts';
import { nearestTo, unknownKeyMessage } from './fields.ts';
import type { SamplingConflict } from './samplingConflicts.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** The keys of one mapping in Jaeger's format, each with ours. */
type KeyNames = Readonly<Record<string, string>>;

const rootKeys: KeyNames = { default_strategy: 'default', service_strategies: 'services' };
const operationKeys: KeyNames = { operation: 'operation', type: 'type', param: 'param' };
const defaultKeys: KeyNames = { type: 'type', param: 'param', operation_strategies: 'operations' };
const serviceKeys: KeyNames = { service: 'service', ...defaultKeys };

/** Jaeger's format in ours, and what Jaeger would pass over. */
export interface ConvertedStrategies {
  /** In our keys, unchecked. */
  readonly sampling: Mapping;
  /** With paths in Jaeger's keys. */
  readonly conflicts: readonly SamplingConflict[];
}

/** Whether a file means Jaeger's own format (1.50 `plugin/sampling/strategystore/static`), though it may be misspelt. */
export function isJaegerFormat(root: Mapping): boolean {
  return Object.keys(root).some((key) => nearestTo(key, Object.keys(rootKeys)) !== undefined);
}

/** Reads Jaeger's format. What has the wrong form is handed on as it is, for the schema to refuse. */
export function fromJaegerFormat(root: Mapping): ConvertedStrategies {
  const conflicts: SamplingConflict[] = [];
  const rename = (value: unknown, keys: KeyNames, path: readonly PropertyKey[]): unknown => {
    if (!isRecord(value)) return value;
    const entries = Object.entries(value).flatMap(([key, content]): [string, unknown][] => {
      const name = Object.hasOwn(keys, key) ? keys[key] : undefined;
      if (name !== undefined) return [[name, inside(name, content, [...path, key])]];
      const message = `${unknownKeyMessage(key, Object.keys(keys))}; Jaeger would pass over it`;
      conflicts.push({ path: [...path, key], message });
      return [];
    });
    return Object.fromEntries(entries);
  };
  const renameEach = (list: unknown, keys: KeyNames, path: readonly PropertyKey[]): unknown =>
    Array.isArray(list) ? list.map((entry: unknown, index) => rename(entry, keys, [...path, index])) : list;
  const inside = (name: string, content: unknown, path: readonly PropertyKey[]): unknown => {
    if (name === 'default') return rename(content, defaultKeys, path);
    if (name === 'services') return renameEach(content, serviceKeys, path);
    return name === 'operations' ? renameEach(content, operationKeys, path) : content;
  };
  const sampling = rename(root, rootKeys, []);
  if (root['default_strategy'] === undefined) {
    const message = 'is missing: Jaeger samples 0.001 of every service that is not listed; write what you want of them';
    conflicts.push({ path: ['default_strategy'], message });
  }
  return { sampling: isRecord(sampling) ? sampling : {}, conflicts };
}

/** A path in our keys, in Jaeger's. */
export function jaegerPath(path: readonly PropertyKey[]): PropertyKey[] {
  const names: Readonly<Record<string, string>> = {
    default: 'default_strategy',
    services: 'service_strategies',
    operations: 'operation_strategies',
  };
  return path.map((step) => names[String(step)] ?? step);
}
