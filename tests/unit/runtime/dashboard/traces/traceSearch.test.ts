import { describe, expect, it } from 'vitest';
import { type TraceSearch, traceSearchParameters } from '../../../../../runtime/src/dashboard/traces/traceSearch.ts';

const search: TraceSearch = { service: 'shop' };

function parametersOf(more: Partial<TraceSearch>): Readonly<Record<string, string>> {
  return Object.fromEntries(traceSearchParameters({ ...search, ...more }));
}

describe('a search for traces', () => {
  it('asks for 20 traces of a service', () => {
    expect(parametersOf({})).toEqual({ service: 'shop', limit: '20' });
  });

  it('asks in the units that Jaeger takes', () => {
    const all = parametersOf({
      operation: 'POST /orders',
      tags: { 'http.response.status_code': '500', error: 'true' },
      startedFromMillis: 1_795_893_549_967.7,
      startedUntilMillis: 1_795_893_600_000,
      minDurationMillis: 1.5,
      maxDurationMillis: 60_000,
      limit: 5,
    });
    expect(all).toEqual({
      service: 'shop',
      limit: '5',
      operation: 'POST /orders',
      tags: '{"http.response.status_code":"500","error":"true"}',
      start: '1795893549967000',
      end: '1795893600000000',
      minDuration: '1500us',
      maxDuration: '60000000us',
    });
  });

  it('leaves out what says nothing', () => {
    expect(parametersOf({ operation: '', tags: {}, minDurationMillis: 0 })).toEqual({ service: 'shop', limit: '20' });
  });

  it('asks for no duration that Go cannot read', () => {
    expect(parametersOf({ minDurationMillis: 1e-9, maxDurationMillis: 8e15 })).toMatchObject({
      minDuration: '1us',
      maxDuration: '9000000000000000us',
    });
  });

  it.each<[Partial<TraceSearch>, string]>([
    [{ service: '' }, 'name a service: Jaeger searches the traces of one service'],
    [{ limit: 0 }, 'the limit is a whole number from 1 to 100'],
    [{ limit: 101 }, 'the limit is a whole number from 1 to 100'],
    [{ limit: 1.5 }, 'the limit is a whole number from 1 to 100'],
    [{ startedFromMillis: 2, startedUntilMillis: 1 }, 'the search ends before it begins'],
    [{ minDurationMillis: 2, maxDurationMillis: 1 }, 'the longest duration is shorter than the shortest one'],
    [{ minDurationMillis: -1 }, 'times and durations are numbers of milliseconds, 0 or more'],
    [{ startedFromMillis: Number.NaN }, 'times and durations are numbers of milliseconds, 0 or more'],
    [{ startedUntilMillis: Infinity }, 'times and durations are numbers of milliseconds, 0 or more'],
    [{ tags: { '': 'x' } }, 'a tag has no name'],
    [{ operation: 'x'.repeat(1001) }, 'names and values are at most 1000 characters long'],
    [{ tags: { a: 'x'.repeat(1001) } }, 'names and values are at most 1000 characters long'],
    [
      { tags: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`t${index}`, 'x'])) },
      'at most 20 tags can be sought at once',
    ],
  ])('refuses %j', (more, message) => {
    expect(() => traceSearchParameters({ ...search, ...more })).toThrow(
      expect.objectContaining({ name: 'TraceQueryError', kind: 'badQuery', message }),
    );
  });
});
