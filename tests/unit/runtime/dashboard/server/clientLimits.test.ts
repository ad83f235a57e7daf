import { describe, expect, it } from 'vitest';
import { ClientLimits } from '../../../../../runtime/src/dashboard/server/clientLimits.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

const host = new FakeHost();

function limits(burst = 3, perSecond = 2): ClientLimits {
  return new ClientLimits({ burst, perSecond }, host.monotonicMillis);
}

describe('how often a client asks', () => {
  it('is bounded at once, and over time', () => {
    const asked = limits();
    expect([1, 2, 3, 4].map(() => asked.take('10.0.0.1'))).toEqual([0, 0, 0, 1]);
    host.advance(499);
    expect(asked.take('10.0.0.1')).toBe(1);
    host.advance(1);
    expect([1, 2].map(() => asked.take('10.0.0.1'))).toEqual([0, 1]);
    host.advance(3_600_000);
    expect([1, 2, 3, 4].map(() => asked.take('10.0.0.1'))).toEqual([0, 0, 0, 1]);
  });

  it('is bounded for each by itself, and for all of whom nothing is known together', () => {
    const asked = limits(1);
    expect(['10.0.0.1', '10.0.0.2', undefined, undefined].map((one) => asked.take(one))).toEqual([0, 0, 0, 1]);
  });

  it('says how long to wait in whole seconds', () => {
    const asked = limits(1, 0.1);
    asked.take('10.0.0.1');
    expect(asked.waitSeconds('10.0.0.1')).toBe(10);
    host.advance(9_500);
    expect(asked.waitSeconds('10.0.0.1')).toBe(1);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
    ['2001:db8::1', '2001:db8:0:0:5::', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['::1', '::2', true],
    ['::1', '2001:db8::1', false],
  ])('is bounded for %s and %s together: %s', (one, other, isTogether) => {
    const asked = limits(1);
    asked.take(one);
    expect(asked.take(other)).toBe(isTogether ? 1 : 0);
  });

  it('is kept of 5,000 clients: the one that was seen least lately is forgotten', () => {
    const asked = limits(1);
    for (let index = 0; index < 5_000; index += 1) asked.take(`10.0.${index >> 8}.${index & 255}`);
    asked.take('10.0.0.0');
    asked.take('10.9.9.9');
    expect(['10.0.0.0', '10.9.9.9'].map((one) => asked.waitSeconds(one))).toEqual([1, 1]);
    expect(asked.waitSeconds('10.0.0.1')).toBe(0);
  });
});
