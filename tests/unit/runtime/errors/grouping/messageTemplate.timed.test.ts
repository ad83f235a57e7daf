import { expect, test } from 'vitest';
import { messageTemplate } from '../../../../../runtime/src/errors/grouping/messageTemplate.ts';

const LENGTH = 65_536;
const MOST_MILLIS = 3;

/** The shortest of some runs: what else the machine does is no part of it. */
function millisOf(message: string): number {
  const runs = Array.from({ length: 15 }, () => {
    const start = performance.now();
    messageTemplate(message);
    return performance.now() - start;
  });
  return Math.min(...runs);
}

test.for([
  "'",
  '"a',
  "'a ",
  '{',
  '[1 ',
  '{"',
  '1',
  'a1',
  '1.a',
  '1:',
  '-1',
  '@a',
  'a=(',
  ' ',
  ':',
  'a/1',
  '* ',
  'x.',
  'http://',
  'A_1',
  '_1',
  'Received',
  'Fri ',
  '1 s ',
  '(intermediate value)',
  ' is not ',
  '\n:',
  '\\',
  '\ud800',
  '../',
  '0x',
  'e1',
  '1e',
  ',',
  '1,',
])('64 KiB of %j take less than 3 ms', (text) => {
  expect(millisOf(text.repeat(LENGTH / text.length))).toBeLessThan(MOST_MILLIS);
  expect(millisOf(`a${text.repeat(LENGTH / text.length)} is not a function`)).toBeLessThan(MOST_MILLIS);
});
