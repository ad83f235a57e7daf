import { isRecord } from '../../../../values/isRecord.ts';
import { isSecretValue } from '../../../declaredObject.ts';
import { matchLists } from './matchLists.ts';
import { isSameValue, saysNothing } from './sameValue.ts';
import { describeTexts, describeValue } from './describeValue.ts';

/** One way in which an object is not as declared. */
export interface Difference {
  /** Such as `spec.template.spec.containers[jaeger-query].env[ES_INDEX_PREFIX].value`. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/** How objects are compared. */
export interface ComparisonOptions {
  /**
   * Whether lists and maps may hold more than is declared, as in pods, to which admission adds. @defaultValue false
   */
  readonly more?: boolean;
  /** Whether no value may be told. @defaultValue false */
  readonly hidden?: boolean;
}

/** Maps in which an entry more changes what is meant: the others are filled in by the API server. */
const wholeMaps = new Set([
  'data',
  'binaryData',
  'matchLabels',
  'nodeSelector',
  'podSelector',
  'namespaceSelector',
  'limits',
  'requests',
]);

/**
 * In what an object is not as declared. What the API server fills in is no difference, nor is the form of an amount, or the order of
 * what has names. A secret of the declaration is only looked for, since the state has it encrypted. Values of environment variables that
 * come from elsewhere, or whose name is that of a secret, are not told.
 */
export function differences(declared: unknown, live: unknown, options: ComparisonOptions = {}): Difference[] {
  return compare(declared, live, [], options);
}

function compare(declared: unknown, live: unknown, path: readonly string[], options: ComparisonOptions): Difference[] {
  if (isSecretValue(declared)) return live === undefined ? [different(declared, live, path, options)] : [];
  if (Array.isArray(declared)) return compareLists(declared, live, path, options);
  if (isRecord(declared)) return compareMaps(declared, live, path, options);
  if (isSameValue(declared, live, path)) return [];
  return [different(declared, live, path, options)];
}

function compareMaps(
  declared: Readonly<Record<string, unknown>>,
  live: unknown,
  path: readonly string[],
  options: ComparisonOptions,
): Difference[] {
  if (live !== undefined && !isRecord(live)) return [different(declared, live, path, options)];
  const inside = isEnvironmentSecret(declared) ? { ...options, hidden: true } : options;
  const found = Object.entries(declared).flatMap(([key, value]) => {
    const there = live?.[key];
    if (there === undefined && saysNothing(value, key)) return [];
    return there === undefined
      ? [different(value, undefined, [...path, key], inside)]
      : compare(value, there, [...path, key], inside);
  });
  if (options.more === true || !isWhole(path)) return found;
  const more = Object.keys(live ?? {}).filter((key) => !(key in declared));
  return [...found, ...more.map((key) => different(undefined, live?.[key], [...path, key], inside))];
}

function compareLists(
  declared: readonly unknown[],
  live: unknown,
  path: readonly string[],
  options: ComparisonOptions,
): Difference[] {
  if (live !== undefined && !Array.isArray(live)) return [different(declared, live, path, options)];
  return matchLists(declared, live ?? [], path.at(-1) ?? '').flatMap((match) => {
    const place = [...path.slice(0, -1), `${path.at(-1) ?? ''}[${match.label}]`];
    if (match.live === undefined) return [different(match.declared, undefined, place, options)];
    if (match.declared !== undefined) return compare(match.declared, match.live, place, options);
    return options.more === true ? [] : [different(undefined, match.live, place, options)];
  });
}

/** A Service's selector is a map of labels; a workload's holds such maps. */
function isWhole(path: readonly string[]): boolean {
  const key = path.at(-1) ?? '';
  return wholeMaps.has(key) || (key === 'selector' && path.length === 2);
}

function different(
  declared: unknown,
  live: unknown,
  path: readonly string[],
  { hidden = false }: ComparisonOptions,
): Difference {
  const place = path.join('.');
  if (typeof declared === 'string' && typeof live === 'string' && !hidden)
    return { path: place, ...describeTexts(declared, live) };
  const tell = (value: unknown): string =>
    hidden && value !== undefined ? 'a value that is not told' : describeValue(value);
  return { path: place, expected: tell(declared), found: tell(live) };
}

const secretName = /PASS|SECRET|TOKEN|CREDENTIAL|PRIVATE|API_?KEY/i;

function isEnvironmentSecret(declared: Readonly<Record<string, unknown>>): boolean {
  const { name } = declared;
  if (typeof name !== 'string' || !('value' in declared || 'valueFrom' in declared)) return false;
  return isSecretValue(declared['value']) || 'valueFrom' in declared || secretName.test(name);
}
