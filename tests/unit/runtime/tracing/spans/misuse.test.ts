import { describe, expect, it } from 'vitest';
import { continueTrace } from '../../../../../runtime/src/tracing/context/continueTrace.ts';
import { traced } from '../../../../../runtime/src/tracing/spans/traced.ts';
import { withSpan } from '../../../../../runtime/src/tracing/spans/withSpan.ts';

const work = (): number => 1;

/** A call that no type checker would let through. */
function misused(fn: (...args: never[]) => unknown, ...args: unknown[]): () => void {
  return () => void Reflect.apply(fn, undefined, args);
}

describe('options of traced that make no sense', () => {
  it.each([
    [
      'an empty name',
      () => traced('', () => 1),
      'traced: the option name is ""; allowed: a text that is not empty, or a function',
    ],
    [
      'a negative index',
      () => traced(() => 1, { callback: -1 }),
      "traced: the option callback is -1; allowed: 'last' or the index of an argument",
    ],
    [
      'half an index',
      () => traced({ callback: 0.5 }),
      "traced: the option callback is 0.5; allowed: 'last' or the index of an argument",
    ],
    [
      'revealing what has no name',
      () => traced(() => 1, { arguments: ['a'], reveal: ['b'] }),
      'traced: the option reveal is "b"; allowed: names in `arguments`',
    ],
    [
      'revealing without arguments',
      () => traced(() => 1, { reveal: ['b'] }),
      'traced: the option reveal is "b"; allowed: names in `arguments`',
    ],
    [
      'revealing by name what has positions',
      () => traced(() => 1, { arguments: true, reveal: ['b'] }),
      'traced: the option reveal is "b"; allowed: positions such as "0"',
    ],
    ['a number', misused(traced, 5), 'traced takes a function, a name, options or nothing, and was given number'],
    ['null', misused(traced, work, null), 'traced takes a function, a name, options or nothing, and was given null'],
  ])('%s is refused where it is written', (_what, make: () => unknown, message) => {
    expect(make).toThrow(new TypeError(message));
  });
});

const KINDS = 'SpanKind.INTERNAL, SpanKind.SERVER, SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER';

describe('what plain JavaScript gives to traced', () => {
  it.each([
    ['kind', 'client', '"client"', KINDS],
    ['kind', 7, '7', KINDS],
    ['root', 'yes', '"yes"', 'true or false'],
    ['name', 5, '5', 'a text that is not empty, or a function'],
    ['callback', 'first', '"first"', "'last' or the index of an argument"],
    ['callback', null, 'null', "'last' or the index of an argument"],
    ['attributes', 'a', '"a"', 'an object or a function'],
    ['attributes', [], '[]', 'an object or a function'],
    ['attributes', null, 'null', 'an object or a function'],
    ['links', {}, '{}', 'an array of links or a function'],
    ['result', {}, '{}', 'a function'],
    ['arguments', 'order', '"order"', 'true or an array of names'],
    ['arguments', [1], '[1]', 'true or an array of names'],
    ['reveal', 'order', '"order"', 'an array of names in `arguments`'],
  ])('is refused where it is written: %s: %j', (option, value, shown, allowed) => {
    expect(misused(traced, work, { [option]: value })).toThrow(
      new TypeError(`traced: the option ${option} is ${shown}; allowed: ${allowed}`),
    );
  });

  it('is refused where the option is unknown', () => {
    expect(misused(traced, work, { nmae: 'x' })).toThrow(
      new TypeError(
        'traced knows no option "nmae"; ' +
          'allowed: name, kind, root, attributes, links, arguments, reveal, callback, result',
      ),
    );
  });

  it('may be undefined', () => {
    expect(Reflect.apply(traced, undefined, [work, { kind: undefined, reveal: undefined }])).toBeTypeOf('function');
  });
});

describe('what plain JavaScript gives to withSpan', () => {
  const noName = (shown: string): string => `withSpan: the option name is ${shown}; allowed: a text that is not empty`;

  it.each([
    [['', work], noName('""')],
    [[5, work], noName('5')],
    [[undefined, work], noName('undefined')],
    [[work], noName('[function]')],
    [['x', null, work], 'withSpan takes an object of options, and was given null'],
    [['x', 'y', work], 'withSpan takes an object of options, and was given string'],
    [['x', [], work], 'withSpan takes an object of options, and was given an array'],
    [['x'], 'withSpan takes a function last'],
    [['x', { tags: {} }, work], 'withSpan knows no option "tags"; allowed: kind, root, attributes, links'],
    [['x', { kind: 'server' }, work], `withSpan: the option kind is "server"; allowed: ${KINDS}`],
    [['x', { attributes: work }, work], 'withSpan: the option attributes is [function]; allowed: an object'],
    [['x', { links: {} }, work], 'withSpan: the option links is {}; allowed: an array of links'],
  ])('is refused: %j', (args, message) => {
    expect(misused(withSpan, ...args)).toThrow(new TypeError(message));
  });
});

describe('what plain JavaScript gives to continueTrace', () => {
  it.each([
    [[], 'continueTrace takes an object of options, and was given undefined'],
    [[{}, {}, work], 'continueTrace: the option name is undefined; allowed: a text that is not empty'],
    [[{}, { name: 'x' }], 'continueTrace takes a function last'],
    [
      [{}, { name: 'x', relation: 'child' }, work],
      `continueTrace: the option relation is "child"; allowed: 'parent' or 'link'`,
    ],
    [
      [{}, { name: 'x', root: true }, work],
      'continueTrace knows no option "root"; allowed: name, relation, kind, attributes, links',
    ],
    [[{}, { name: 'x', kind: 'consumer' }, work], `continueTrace: the option kind is "consumer"; allowed: ${KINDS}`],
  ])('is refused: %j', (args, message) => {
    expect(misused(continueTrace, ...args)).toThrow(new TypeError(message));
  });
});
