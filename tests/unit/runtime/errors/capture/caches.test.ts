import { describe, expect, it } from 'vitest';
import { CleanTexts } from '../../../../../runtime/src/errors/capture/cleanTexts.ts';
import { ErrorDescriber } from '../../../../../runtime/src/errors/capture/errorDescriber.ts';
import { FramesCache } from '../../../../../runtime/src/errors/capture/framesCache.ts';
import { TextCache } from '../../../../../runtime/src/errors/capture/textCache.ts';
import { errorAt, redactText } from './describerFixture.ts';

describe('a cache by texts', () => {
  it('has what was put there last, and what was asked for since', () => {
    const cache = new TextCache<string>({ maxEntries: 4, maxCharacters: 1000 });
    for (const text of ['a', 'b', 'c']) cache.set(text, text.toUpperCase());
    expect(cache.get('a')).toBe('A');
    for (const text of ['d', 'e']) cache.set(text, text.toUpperCase());
    expect(['b', 'a', 'd', 'e'].map((text) => cache.get(text))).toEqual([undefined, 'A', 'D', 'E']);
  });

  it('has no more than it may, of entries and of characters', () => {
    const many = new TextCache<string>({ maxEntries: 10, maxCharacters: 1_000_000 });
    for (let number = 0; number < 1000; number += 1) many.set(String(number), 'x');
    expect(many.size).toBe(10);
    const long = new TextCache<string>({ maxEntries: 1000, maxCharacters: 100 });
    for (let number = 0; number < 100; number += 1) long.set(`${number}`.padStart(25, '-'), 'x');
    expect(long.size).toBe(4);
    long.set('y'.repeat(51), 'too long');
    expect(long.get('y'.repeat(51))).toBeUndefined();
  });

  it('is not confused by names of prototypes', () => {
    const cache = new TextCache<string>({ maxEntries: 10, maxCharacters: 100 });
    expect(cache.get('__proto__')).toBeUndefined();
    cache.set('__proto__', 'x');
    expect(cache.get('__proto__')).toBe('x');
  });
});

describe('the cache of frames', () => {
  const beginning = `\n    at run (/app/a.js:1:1)${' '.repeat(100)}`;

  it('tells stacks apart that begin alike', () => {
    const cache = new FramesCache();
    const [one, other] = [Object.freeze([]), Object.freeze([])];
    cache.set(`${beginning}1`, one);
    cache.set(`${beginning}2`, other);
    expect(cache.get(`${beginning}1`)).toBe(one);
    expect(cache.get(`${beginning}2`)).toBe(other);
    expect(cache.get(`${beginning}3`)).toBeUndefined();
  });

  it('has eight that begin alike, the last', () => {
    const cache = new FramesCache();
    for (let number = 0; number < 10; number += 1) cache.set(`${beginning}${number}`, []);
    const known = Array.from({ length: 10 }, (_, number) => cache.get(`${beginning}${number}`) !== undefined);
    expect(known).toEqual([false, false, true, true, true, true, true, true, true, true]);
  });

  it('gives the same frames for the same places, whatever the message says', () => {
    const describer = new ErrorDescriber({ redactText, workingDirectory: '/app' });
    const [one, other] = ['a', 'b'].map((message) =>
      describer.describe(errorAt(new Error(message), 'run (/app/a.js:1:1)')),
    );
    expect(one?.frames).toHaveLength(1);
    expect(other?.frames).toBe(one?.frames);
  });
});

describe('cleaned texts', () => {
  it('are redacted once, where there is nothing to redact, and each time where there is', () => {
    const asked: string[] = [];
    const texts = new CleanTexts((text) => {
      asked.push(text);
      return redactText(text);
    });
    for (const text of ['plain', 'a secret', 'plain', 'a secret']) texts.clean(text, 100);
    expect(asked).toEqual(['plain', 'a secret', 'a secret']);
    expect(texts.clean('plain', 3)).toBe('pl…');
  });

  it.each([
    ['no longer than they may be', 'abcdef', 5, 'abcd…'],
    ['whole', 'abcde', 5, 'abcde'],
    ['empty', '', 5, ''],
    ['without half a pair', 'abc\ud83d\ude00f', 5, 'abc…'],
    ['redacted before they are cut', 'ab secret', 6, 'ab [r…'],
    ['without a word that was cut in two before', `a b ${'x'.repeat(20)}`, 8, 'a b…'],
  ])('are %s', (_, text, maxLength, expected) => {
    expect(new CleanTexts(redactText).clean(text, maxLength)).toBe(expected);
  });

  it('are looked at no further than twice their length', () => {
    const asked: number[] = [];
    const texts = new CleanTexts((text) => {
      asked.push(text.length);
      return text;
    });
    texts.clean('x'.repeat(1_000_000), 100);
    expect(asked).toEqual([201]);
  });
});
