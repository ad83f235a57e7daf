import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../runtime/src/core/configurationError.ts';
import {
  checkOptions,
  type OptionKind,
  optionProblems,
  recordOf,
  wholeNumber,
} from '../../../../runtime/src/core/optionKinds.ts';

const address: OptionKind = {
  allowed: 'an address',
  accepts: (value) => value === 'here',
  shown: (value) => `a text of ${String(value).length} characters`,
};
const nested: OptionKind = {
  allowed: 'an object',
  accepts: (value) => typeof value === 'object',
  problemsIn: (value, option) => optionProblems(value, { depth: wholeNumber(0, 1) }, option),
};
const kinds = { size: wholeNumber(1, 9), address, apiToken: wholeNumber(1, 9), nested };

describe('optionProblems', () => {
  it('finds none in what is allowed, nor in what was not given', () => {
    expect(optionProblems({ size: 1, address: 'here', nested: { depth: 1 } }, kinds)).toEqual([]);
    expect(optionProblems({ size: undefined }, kinds)).toEqual([]);
  });

  it('names all at once: what is unknown, then what is not allowed, by paths and in the order of the kinds', () => {
    const options = { nested: { depth: 2, width: 1 }, size: null, address: 'https://me:secret@there', sise: 3 };
    expect(optionProblems(options, kinds)).toEqual([
      {
        option: 'sise',
        value: '3',
        source: 'options',
        allowed: 'size, address, apiToken, nested',
        remedy: 'did you mean size?',
      },
      { option: 'size', value: 'null', source: 'options', allowed: 'a whole number from 1 to 9' },
      { option: 'address', value: 'a text of 23 characters', source: 'options', allowed: 'an address' },
      { option: 'nested.width', value: '1', source: 'options', allowed: 'depth' },
      { option: 'nested.depth', value: '2', source: 'options', allowed: 'a whole number from 0 to 1' },
    ]);
  });

  it('shows no value whose name says that it is a secret', () => {
    expect(optionProblems({ apiToken: 'hunter2', password: 'hunter2' }, kinds).map(({ value }) => value)).toEqual([
      '***',
      '***',
    ]);
  });

  it('shows no value where the name that was probably meant says that it is a secret', () => {
    expect(optionProblems({ apiTokn: 'hunter2' }, kinds)).toMatchObject([
      { option: 'apiTokn', value: '***', remedy: 'did you mean apiToken?' },
    ]);
  });

  it('knows no option that only every object has', () => {
    const [problem] = optionProblems(JSON.parse('{"__proto__":1}'), kinds);
    expect(problem?.option).toBe('__proto__');
    expect(optionProblems({ toString: 1 }, kinds)).toHaveLength(1);
  });

  it.each([null, 5, 'a', []])('refuses %j as options', (options) => {
    const allowed = 'an object with size, address, apiToken, nested';
    expect(optionProblems(options, kinds)).toMatchObject([{ option: 'options', allowed }]);
    expect(optionProblems(options, kinds, 'part')).toMatchObject([{ option: 'part', allowed }]);
  });

  it('names each value of an object that is not of the kind of all', () => {
    const thresholds = recordOf(wholeNumber(1, 9), 'an object of thresholds');
    expect(optionProblems({ of: { a: 0, b: 1, c: null } }, { of: thresholds })).toMatchObject([
      { option: 'of.a', value: '0', allowed: 'a whole number from 1 to 9' },
      { option: 'of.c', value: 'null' },
    ]);
    expect(optionProblems({ of: [] }, { of: thresholds })).toMatchObject([
      { option: 'of', allowed: 'an object of thresholds' },
    ]);
  });
});

describe('checkOptions', () => {
  it('throws with all of it, and says what is configured', () => {
    expect(() => checkOptions({ size: 0 }, kinds, 'tea')).toThrow(ConfigurationError);
    expect(() => checkOptions({ size: 0 }, kinds, 'tea')).toThrow('The tea configuration has 1 problem:');
    expect(() => checkOptions({}, kinds, 'tea')).not.toThrow();
  });
});
