import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomIdGenerator } from '../../../../../runtime/src/tracing/provider/randomIdGenerator.ts';

describe('the ID generator', () => {
  it('writes the random numbers as hexadecimal digits', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffffffff), { minLength: 4, maxLength: 4 }), (words) => {
        fc.pre(words[0] !== 0 || words[1] !== 0);
        fc.pre(words[2] !== 0 || words[3] !== 0);
        const left = [...words];
        const generator = new RandomIdGenerator(() => (left.shift() ?? 0) / 2 ** 32);
        expect(generator.generateTraceId()).toBe(words.map((word) => word.toString(16).padStart(8, '0')).join(''));
      }),
    );
  });

  it('never makes an ID of nothing but zeros', () => {
    const numbers = [0, 0, 0, 0.5];
    const generator = new RandomIdGenerator(() => numbers.shift() ?? 0.25);
    expect(generator.generateSpanId()).toBe('0000000080000000');
  });
});
