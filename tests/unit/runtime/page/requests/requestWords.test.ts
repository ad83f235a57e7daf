import { describe, expect, it } from 'vitest';
import { failureText, formatRate } from '../../../../../runtime/page/src/views/requests/requestWords.ts';

describe('words for requests', () => {
  it.each([
    [0, '0/s'],
    [1234.4, '1,234/s'],
    [12.34, '12.3/s'],
    [1, '1.00/s'],
    [0.5, '30.0/min'],
    [0.001, '3.60/h'],
  ])('say the rate %d a second as %s', (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });

  it.each([
    [{ reason: 'error', type: '503' }, '503'],
    [{ reason: 'error' }, 'error'],
    [{ reason: 'timeout', type: 'TimeoutError' }, 'timeout: TimeoutError'],
    [{ reason: 'abandoned' }, 'abandoned'],
  ] as const)('say the failure %j as %s', (failure, text) => {
    expect(failureText(failure)).toBe(text);
  });
});
