import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../../../runtime/page/src/address/address.ts';
import {
  filtersOf,
  requestHref,
  requestsHref,
  tabOf,
} from '../../../../../runtime/page/src/views/requests/requestAddress.ts';

describe('the address of requests', () => {
  it.each([
    ['#/requests', 'live'],
    ['#/requests?tab=groups', 'groups'],
    ['#/requests?tab=nothing', 'live'],
    ['#/requests?operation=GET+%2F', 'finished'],
    ['#/requests?tab=live&operation=GET+%2F', 'live'],
    ['#/requests?operation=', 'live'],
    ['#/requests?colour=red', 'live'],
  ])('%s is of the part %s', (fragment, tab) => {
    expect(tabOf(parseAddress(fragment))).toBe(tab);
  });

  it('says filters that are read as they were written', () => {
    const filters = { operation: 'GET /a&b=c?#', userId: 'ann/böb', minDurationMillis: '500' };
    const { path, query } = parseAddress(requestsHref('finished', filters, { order: 'slowest' }));
    expect(path).toEqual(['requests']);
    expect(filtersOf(query)).toEqual(filters);
    expect(query['order']).toBe('slowest');
  });

  it('leads to a request whose ID has slashes', () => {
    expect(parseAddress(requestHref('a/b?c')).path).toEqual(['requests', 'a/b?c']);
  });
});
