import { describe, expect, it } from 'vitest';
import { TextRedactor } from '../../../../../runtime/src/core/textRedactor.ts';
import { ErrorDescriber } from '../../../../../runtime/src/errors/capture/errorDescriber.ts';
import { accessor, factsOf } from './describerFixture.ts';

function propertiesOf(properties: object) {
  return factsOf(Object.assign(new Error('a'), properties)).properties;
}

describe('the properties of an error', () => {
  it.each<[string, object, object]>([
    [
      'are texts, numbers and switches',
      { table: 'orders', id: 7, isNew: true },
      { table: 'orders', id: 7, isNew: true },
    ],
    ['are texts for what JSON has not', { a: Number.NaN, b: -Infinity, c: 5n }, { a: 'NaN', b: '-Infinity', c: '5n' }],
    ['are not what is no plain value', { a: {}, b: [], c: null, d: undefined, e: () => 1, f: Symbol('g') }, {}],
    ['are not what has a place of its own', { code: 'E1', name: 'E', status: 404, statusCode: 404, cause: 'c' }, {}],
    [
      'are what would be a status and is none',
      { status: 'failed', statusCode: 7 },
      { status: 'failed', statusCode: 7 },
    ],
    [
      'are redacted by their key',
      { password: 'hunter2', maxTokens: 5 },
      { password: '[redacted]', maxTokens: '[redacted]' },
    ],
    ['are redacted by their text', { detail: 'Key (secret)' }, { detail: 'Key ([redacted])' }],
    ['have keys that are redacted', { 'of secret': 1 }, { 'of [redacted]': '[redacted]' }],
    ['are well-formed', { a: '\ud800' }, { a: '\ufffd' }],
    ['are cut to 1024 characters', { a: 'x'.repeat(2000) }, { a: `${'x'.repeat(1023)}…` }],
    ['have keys of 100 characters', { ['k'.repeat(200)]: 1 }, { [`${'k'.repeat(99)}…`]: 1 }],
    ['may be called as methods are', { toString: 'x', hasOwnProperty: 1 }, { toString: 'x', hasOwnProperty: 1 }],
  ])('%s', (_, properties, expected) => {
    expect(propertiesOf(properties)).toEqual(expected);
  });

  it('are redacted where they are numbers of nine digits and more, and stay numbers where nothing is to be hidden', () => {
    const redactor = new TextRedactor({ rules: [{ name: 'customer', pattern: /\b12345678\d?\b/g }] });
    const describer = new ErrorDescriber({ redactText: (text) => redactor.redact(text), workingDirectory: '/app' });
    const numbers = {
      card: 4111111111111111,
      number: 4111111111111111,
      big: 4111111111111111n,
      negative: -4111111111111111,
      customer: 123456789,
      eight: 12345678,
      at: 1732797612345,
      ratio: 0.4111111111111111,
      huge: 1e300,
    };
    expect(describer.describe(Object.assign(new Error('a'), numbers)).properties).toEqual({
      card: '[redacted]',
      number: '[redacted]',
      big: '[redacted]n',
      negative: '-[redacted]',
      customer: '[redacted]',
      eight: 12345678,
      at: 1732797612345,
      ratio: 0.4111111111111111,
      huge: 1e300,
    });
    expect(describer.describe(4111111111111111n).message).toBe('[redacted]n');
    expect(describer.describe(4111111111111111).message).toBe('[redacted]');
    expect(describer.describe(Object.assign(new Error('a'), { code: 4111111111111111 })).code).toBe('[redacted]');
  });

  it('are twenty at most, the first', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, index]));
    expect(Object.keys(propertiesOf(many))).toEqual(Array.from({ length: 20 }, (_, index) => `k${index}`));
  });

  it('are looked for among the first 200', () => {
    const keys = Array.from({ length: 300 }, (_, index) => [`k${index}`, index < 199 ? {} : index] as const);
    expect(propertiesOf(Object.fromEntries(keys))).toEqual({ k199: 199 });
  });

  it('are none of a prototype', () => {
    const hostile: unknown = JSON.parse('{"__proto__":"a","constructor":"b","prototype":"c","id":7}');
    const properties = propertiesOf({});
    const shown = factsOf(Object.defineProperties(new Error(), Object.getOwnPropertyDescriptors(hostile))).properties;
    expect(Object.entries(shown)).toEqual([['id', 7]]);
    expect(Object.getPrototypeOf(shown)).toBe(Object.prototype);
    expect(properties).toEqual({});
  });

  it('are none behind accessors', () => {
    const hidden = accessor('told');
    const error = Object.defineProperties(new Error(), { a: hidden, code: hidden, status: hidden, response: hidden });
    expect(factsOf(error)).toMatchObject({ properties: {} });
    expect(hidden.runs()).toBe(0);
  });
});
