import { describe, expect, it } from 'vitest';
import { waterfall } from '../../../../../runtime/src/dashboard/traces/waterfall.ts';
import { traceOf } from './jaegerFixture.ts';

describe('a large trace', () => {
  it.each([
    ['a chain', (index: number) => index - 1],
    ['a star', () => 0],
    ['one cycle', (index: number) => (index + 9_999) % 10_000],
  ])('has all of its 10,000 spans in a second where they are %s', (_, parentOf) => {
    const spans = Array.from({ length: 10_000 }, (_span, index) => ({
      id: `s${index}`,
      ...(parentOf(index) >= 0 && { parent: `s${parentOf(index)}` }),
      from: index,
      to: 20_000 - index,
    }));
    const trace = traceOf(spans);
    const began = performance.now();
    const { rows } = waterfall(trace);
    expect(performance.now() - began).toBeLessThan(1000);
    expect(new Set(rows.map(({ spanId }) => spanId)).size).toBe(10_000);
    expect(rows[0]?.spanId).toBe('s0');
  });
});
