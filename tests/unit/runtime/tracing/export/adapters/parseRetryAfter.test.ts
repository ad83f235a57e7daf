import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../../../../../runtime/src/tracing/export/adapters/parseRetryAfter.ts';

const date = 'Wed, 21 Oct 2026 07:28:00 GMT';

describe('parseRetryAfter', () => {
  it.each([
    ['120', date, 120_000],
    ['0', undefined, 0],
    [' 7 ', undefined, 7000],
    ['Wed, 21 Oct 2026 07:28:30 GMT', date, 30_000],
    ['Wed, 21 Oct 2026 07:27:00 GMT', date, 0],
    ['Thu, 01 Jan 1970 00:00:00 GMT', undefined, 0],
    ['-5', date, 0],
    ['soon', date, undefined],
    ['1.5e999', date, undefined],
    ['', date, undefined],
    [undefined, date, undefined],
  ])('reads %j, answered at %j, as %j milliseconds', (retryAfter, answeredAt, millis) => {
    expect(parseRetryAfter(retryAfter, answeredAt)).toBe(millis);
  });
});
