import { describe, expect, it } from 'vitest';
import type { ErrorFacts } from '../../../../../runtime/src/errors/errorFacts.ts';
import { accessor, factsOf, trap } from './describerFixture.ts';

/** An error that has so many causes. */
function chain(length: number): Error {
  return length === 0 ? new Error('0') : new Error(String(length), { cause: chain(length - 1) });
}

function messages(facts: readonly ErrorFacts[]): string[] {
  return facts.map(({ message }) => message);
}

describe('the causes of an error', () => {
  it('are shown, the next one first, and have none of their own', () => {
    const facts = factsOf(chain(2));
    expect(messages(facts.causes)).toEqual(['1', '0']);
    expect(facts.causes.map(({ causes }) => causes)).toEqual([[], []]);
    expect(facts.leftOut).toBe(0);
  });

  it.each([
    [5, 5, 0],
    [6, 5, 1],
    [105, 5, 100],
    [200, 5, 100],
  ])('of %i are shown %i, and %i are counted as left out', (length, shown, leftOut) => {
    const facts = factsOf(chain(length));
    expect(facts.causes).toHaveLength(shown);
    expect(facts.leftOut).toBe(leftOut);
  });

  it('end where they come back to themselves', () => {
    const first = new Error('first');
    const second = new Error('second', { cause: first });
    first.cause = second;
    expect(messages(factsOf(first).causes)).toEqual(['second']);
    second.cause = second;
    expect(messages(factsOf(first).causes)).toEqual(['second']);
    first.cause = first;
    expect(factsOf(first)).toMatchObject({ causes: [], leftOut: 0 });
  });

  it.each<[string, unknown, object[]]>([
    ['a text', 'timeout', [{ type: 'string', message: 'timeout' }]],
    ['an object', { code: 'E1' }, [{ type: 'object', code: 'E1' }]],
    ['nothing', undefined, []],
    ['null', null, []],
    ['zero', 0, [{ type: 'number', message: '0' }]],
  ])('may be %s', (_, cause, expected) => {
    expect(factsOf(new Error('a', { cause })).causes).toMatchObject(expected);
  });

  it('are not looked for behind an accessor or in a Proxy', () => {
    const hidden = accessor(new Error('hidden'));
    const error = Object.defineProperty(new Error('a'), 'cause', hidden);
    expect(factsOf(error).causes).toEqual([]);
    expect(hidden.runs()).toBe(0);
    const { proxy, runs } = trap(chain(1));
    expect(factsOf(new Error('a', { cause: proxy })).causes).toMatchObject([{ type: 'object', message: 'proxy' }]);
    expect(runs()).toBe(0);
  });
});

describe('the errors of an aggregate', () => {
  it('are shown, five at most', () => {
    const errors = Array.from({ length: 8 }, (_, index) => new Error(String(index)));
    const facts = factsOf(new AggregateError(errors, 'all'));
    expect(facts).toMatchObject({ type: 'AggregateError', message: 'all', leftOut: 3 });
    expect(messages(facts.errors)).toEqual(['0', '1', '2', '3', '4']);
  });

  it('are shown of a cause too', () => {
    const facts = factsOf(new Error('a', { cause: new AggregateError([new Error('b')]) }));
    expect(messages(facts.causes[0]?.errors ?? [])).toEqual(['b']);
    expect(facts.errors).toEqual([]);
  });

  it('are linked to nothing themselves: it is counted', () => {
    const nested = new AggregateError([new Error('x'), new Error('y')], 'nested', { cause: new Error('z') });
    const [shown] = factsOf(new AggregateError([nested])).errors;
    expect(shown).toMatchObject({ message: 'nested', causes: [], errors: [], leftOut: 3 });
  });

  it('may have itself among them', () => {
    const aggregate = new AggregateError([], 'a');
    aggregate.errors.push(aggregate);
    expect(factsOf(aggregate).errors).toMatchObject([{ message: 'a', errors: [], leftOut: 1 }]);
  });

  it.each<[string, unknown]>([
    ['no list', { length: 3 }],
    ['a Proxy', new Proxy([new Error('a')], {})],
    ['a text', 'abc'],
    ['nothing', undefined],
  ])('are none where they are %s', (_, errors) => {
    expect(factsOf(Object.assign(new AggregateError([]), { errors }))).toMatchObject({ errors: [], leftOut: 0 });
  });

  it('are not looked for behind accessors, and holes are undefined', () => {
    const hidden = accessor(new Error('hidden'));
    const errors = Object.defineProperty(new Array<unknown>(2), '1', hidden);
    const facts = factsOf(Object.assign(new AggregateError([]), { errors }));
    expect(messages(facts.errors)).toEqual(['undefined', 'undefined']);
    expect(hidden.runs()).toBe(0);
  });

  it('are not what other errors call by that name', () => {
    const facts = factsOf(Object.assign(new Error('invalid'), { errors: [{ path: 'id' }] }));
    expect(facts).toMatchObject({ errors: [], leftOut: 0 });
  });

  it('of a subclass are shown, and both of a SuppressedError', () => {
    class AllFailed extends AggregateError {}
    expect(messages(factsOf(new AllFailed([new Error('a')])).errors)).toEqual(['a']);
    class SuppressedError extends Error {
      readonly error = new Error('while closing');
      readonly suppressed = new Error('first');
    }
    expect(messages(factsOf(new SuppressedError()).errors)).toEqual(['while closing', 'first']);
  });
});
