import { type Address, formatAddress } from '../../address/address.ts';

/** What the list is narrowed by, named as the API names it. */
export const ERROR_FILTERS = [
  'text',
  'state',
  'severity',
  'category',
  'release',
  'userId',
  'handled',
  'seen',
  'happened',
  'instance',
] as const;

/** Something that the list is narrowed by. */
export type ErrorFilterName = (typeof ERROR_FILTERS)[number];

/** Filters that the address says. */
export type ErrorFilters = Partial<Readonly<Record<ErrorFilterName, string>>>;

/** Every window, and how it is called. */
export const WINDOWS = [
  { value: '1m', text: 'minute' },
  { value: '5m', text: '5 minutes' },
  { value: '1h', text: 'hour' },
  { value: '24h', text: 'day' },
  { value: '7d', text: 'week' },
] as const;

/** A window up to now. */
export type WindowName = (typeof WINDOWS)[number]['value'];

/** Every order; the highest or the newest comes first. */
const ORDERS = ['lastSeen', 'firstSeen', 'count', 'inWindow', 'users', 'severity'] as const;

/** An order of the list. */
export type OrderName = (typeof ORDERS)[number];

/** The filters of an address. */
export function filtersOf(query: Address['query']): ErrorFilters {
  return Object.fromEntries(
    ERROR_FILTERS.flatMap((name) => {
      const value = query[name];
      return value === undefined || value === '' ? [] : [[name, value] as const];
    }),
  );
}

/** What the API is asked for: whoever says nothing of the state sees what somebody has to look at. */
export function askedFilters(filters: ErrorFilters): Readonly<Record<string, string>> {
  const { state = 'unresolved', ...others } = filters;
  return state === 'any' ? others : { ...others, state };
}

/** The window of an address; an hour where it says none, or one that is none. */
export function windowOf(query: Address['query'], usual: WindowName = '1h'): WindowName {
  return WINDOWS.find(({ value }) => value === query['window'])?.value ?? usual;
}

/** The order of an address. */
export function orderOf(query: Address['query']): OrderName {
  return ORDERS.find((order) => order === query['order']) ?? 'lastSeen';
}

/** The fragment of a group, and of one of its errors. */
export function errorHref(id: string, query: Readonly<Record<string, string>> = {}): string {
  return formatAddress({ path: ['errors', id], query });
}

/** The fragment of the list. */
export function errorsHref(query: Readonly<Record<string, string>> = {}): string {
  return formatAddress({ path: ['errors'], query });
}
