import { type Address, formatAddress } from '../../address/address.ts';

/** The parts of the view; said by `tab` in the address. */
export const REQUEST_TABS = ['live', 'finished', 'groups', 'samples'] as const;

/** A part of the view. */
export type RequestTab = (typeof REQUEST_TABS)[number];

/** What lists are narrowed by, named as the API names it. */
export const REQUEST_FILTERS = [
  'id',
  'operation',
  'userId',
  'agentId',
  'parentId',
  'traceId',
  'state',
  'failureReason',
  'failureType',
  'cancelled',
  'sampled',
  'minDurationMillis',
  'maxDurationMillis',
  'startedFromMillis',
  'startedBeforeMillis',
  'instance',
] as const;

/** Something that lists are narrowed by. */
export type RequestFilterName = (typeof REQUEST_FILTERS)[number];

/** Filters that are set, by their names. */
export type RequestFilters = Partial<Readonly<Record<RequestFilterName, string>>>;

/** Those that count as failures: that nobody waits any more is none. */
export const FAILURES: RequestFilters = { state: 'failed', cancelled: 'false' };

/** Which part is shown: what is narrowed without naming one is finished requests. */
export function tabOf({ query }: Address): RequestTab {
  const said = REQUEST_TABS.find((tab) => tab === query['tab']);
  return said ?? (Object.keys(filtersOf(query)).length > 0 ? 'finished' : 'live');
}

/** The filters that the address says. */
export function filtersOf(query: Address['query']): RequestFilters {
  return Object.fromEntries(
    REQUEST_FILTERS.flatMap((name) => {
      const value = query[name];
      return value === undefined || value === '' ? [] : [[name, value] as const];
    }),
  );
}

/** The fragment of a part with its filters. */
export function requestsHref(
  tab: RequestTab,
  filters: RequestFilters = {},
  more: Readonly<Record<string, string>> = {},
): string {
  return formatAddress({ path: ['requests'], query: { tab, ...filters, ...more } });
}

/** The fragment of a request with all that is known of it. */
export function requestHref(id: string): string {
  return formatAddress({ path: ['requests', id], query: {} });
}
