import { describe, expect, it } from 'vitest';
import { isTrue, parseHours } from '../../../../../policies/rules/jaeger/goValues.ts';

describe('parseHours', () => {
  it.each([
    ['72h', 72],
    ['1h30m', 1.5],
    ['90m', 1.5],
    ['1.5h', 1.5],
    ['3600s', 1],
    ['0', 0],
    ['0s', 0],
    ['3600000ms', 1],
    ['3600000000000', 1],
  ])('reads %s', (value, hours) => {
    expect(parseHours(value)).toBeCloseTo(hours, 9);
  });

  it.each(['', 'h', '7d', '-1h', '1 h', '1h 30m', 'abc'])('refuses "%s"', (value) => {
    expect(parseHours(value)).toBeUndefined();
  });
});

describe('isTrue', () => {
  it.each([
    ['true', true],
    ['1', true],
    ['T', true],
    ['false', false],
    ['yes', false],
    ['', false],
  ])('of "%s" is %s', (value, truth) => {
    expect(isTrue(value)).toBe(truth);
  });
});
