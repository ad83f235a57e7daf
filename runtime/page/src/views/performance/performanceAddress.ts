import { type Address, formatAddress } from '../../address/address.ts';

/** The parts of the view; the second part of its address. */
export const PERFORMANCE_TABS = ['system', 'process', 'metrics', 'latency', 'trends'] as const;

/** A part of the view. */
export type PerformanceTab = (typeof PERFORMANCE_TABS)[number];

/** Windows up to now. */
export const WINDOWS = ['15m', '1h', '6h', '24h', '7d'] as const;

/** Which part is shown. */
export function tabOf({ path }: Address): PerformanceTab {
  return PERFORMANCE_TABS.find((tab) => tab === path[1]) ?? 'system';
}

/** The time that the address says: a window up to now, or from and to. */
export interface ShownRange {
  readonly window: (typeof WINDOWS)[number];
  /** Both or neither. */
  readonly fromMillis?: number;
  readonly toMillis?: number;
}

/** What of the address is not understood is left out. */
export function rangeOf({ query }: Address): ShownRange {
  const window = WINDOWS.find((name) => name === query['window']) ?? '1h';
  const [fromMillis, toMillis] = [Number(query['from']), Number(query['to'])];
  return fromMillis > 0 && toMillis > fromMillis ? { window, fromMillis, toMillis } : { window };
}

/** The range as the API is asked for it. */
function rangeQuery({ window, fromMillis, toMillis }: ShownRange): Readonly<Record<string, string>> {
  if (fromMillis === undefined || toMillis === undefined) return { window };
  return { window, fromMillis: String(fromMillis), toMillis: String(toMillis) };
}

/** The time and the instance as the API is asked for them. */
export function askedOf(address: Address): Readonly<Record<string, string>> {
  const { instance = '' } = address.query;
  return { ...rangeQuery(rangeOf(address)), ...(instance !== '' && { instance }) };
}

/** What goes with one from part to part: the time and the instance. */
function commonQuery({ query }: Address): Readonly<Record<string, string>> {
  const { window = '', from = '', to = '', instance = '' } = query;
  return { window, from, to, instance };
}

/** The address of a part, at the same time. */
export function performanceHref(
  address: Address,
  tab: PerformanceTab,
  query: Readonly<Record<string, string>> = {},
): string {
  return formatAddress({ path: ['performance', tab], query: { ...commonQuery(address), ...query } });
}
