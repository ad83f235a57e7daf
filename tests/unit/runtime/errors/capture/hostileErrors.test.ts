import { performance } from 'node:perf_hooks';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { ErrorDescriber } from '../../../../../runtime/src/errors/capture/errorDescriber.ts';
import { accessor, factsOf, trap } from './describerFixture.ts';

const PLACE = '\n    at run (/app/main.js:3:14)';
const FRAME = {
  functionName: 'run',
  file: 'main.js',
  line: 3,
  column: 14,
  isAsync: false,
  isInApplication: true,
};

function withStack(error: Error, stack: unknown): Error {
  return Object.defineProperty(error, 'stack', { value: stack, configurable: true });
}

function causes(count: number): Error {
  let error = new Error('the first');
  for (let number = 0; number < count; number += 1) error = new Error('a', { cause: error });
  return error;
}

describe('reading the stack of an error', () => {
  it('gives where it was made', () => {
    const [frame] = factsOf(new Error('a')).frames;
    expect(frame).toMatchObject({ line: 29, isAsync: false, isInApplication: true });
    expect(frame?.file).toMatch(/hostileErrors\.test\.ts$/);
  });

  it('runs no accessor that the application has put there, and gives what V8 knows', () => {
    const lie = accessor('Error: a\n    at liar (/app/lie.js:1:1)');
    const { frames } = factsOf(Object.defineProperty(new Error('a'), 'stack', lie));
    expect(lie.runs()).toBe(0);
    expect(frames[0]?.file).toMatch(/hostileErrors\.test\.ts$/);
  });

  it('takes a text that was put there', () => {
    expect(factsOf(withStack(new Error('a'), `Error: a${PLACE}`)).frames).toEqual([FRAME]);
    const assigned = new Error('a');
    assigned.stack = `Error: a${PLACE}`;
    expect(factsOf(assigned).frames).toEqual([FRAME]);
  });

  it.each<[string, unknown]>([
    ['a number', 7],
    ['an object', { toString: () => PLACE }],
    ['undefined', undefined],
    ['a text without frames', 'nothing'],
    ['the empty text', ''],
  ])('gives no frames where it is %s', (_, stack) => {
    expect(factsOf(withStack(new Error('a'), stack))).toMatchObject({ message: 'a', frames: [] });
  });

  it.each(['name', 'message'])(
    'gives the places of an error with an accessor for its %s, and does not run it',
    (key) => {
      const hidden = accessor('lie');
      const error = Object.defineProperty(new RangeError('a'), key, hidden);
      const prepare = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
      const facts = factsOf(error);
      expect(hidden.runs()).toBe(0);
      expect(facts).toMatchObject({ type: 'RangeError', message: key === 'message' ? '' : 'a' });
      expect(facts.frames[0]?.file).toMatch(/hostileErrors\.test\.ts$/);
      expect(Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace')).toEqual(prepare);
      // For V8 nobody has read its stack: it is written out when the application does.
      expect(error.stack).toContain(key === 'name' ? 'lie: a' : 'RangeError: lie');
      expect(hidden.runs()).toBe(1);
      expect(factsOf(error).frames.map(({ file }) => file)).toEqual(facts.frames.map(({ file }) => file));
    },
  );

  it('gives the places without the Error.prepareStackTrace of the application, and leaves it where it is', () => {
    const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
    const prepare = (): never => expect.fail('no');
    Error.prepareStackTrace = prepare;
    try {
      const error = Object.defineProperty(new Error('a'), 'message', accessor('lie'));
      expect(factsOf(error).frames[0]?.file).toMatch(/hostileErrors\.test\.ts$/);
      expect(Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace')?.value).toBe(prepare);
    } finally {
      Object.defineProperty(Error, 'prepareStackTrace', before ?? { value: undefined });
    }
  });

  it('gives none of an error of another realm with an accessor, which V8 would run', () => {
    const hidden = accessor('lie');
    const foreign = Object.defineProperty(runInNewContext('new Error("a")') as Error, 'message', hidden);
    expect(factsOf(foreign)).toMatchObject({ type: 'Error', message: '', frames: [] });
    expect(hidden.runs()).toBe(0);
  });

  it('gives the frames of a class that works out its name and its message, as V8 writes them', () => {
    class DriverError extends Error {
      override get name(): string {
        return 'DriverError';
      }
      override get message(): string {
        return 'worked out';
      }
    }
    const facts = factsOf(new DriverError());
    expect(facts).toMatchObject({ type: 'DriverError', message: 'worked out' });
    expect(facts.frames[0]?.file).toMatch(/hostileErrors\.test\.ts$/);
  });

  it.each(['name', 'message'])(
    'gives the places where the %s of a class is an object, and does not make it a text',
    (key) => {
      class Odd extends Error {}
      const toString = accessor(() => 'lie');
      Object.defineProperty(Odd.prototype, key, { value: Object.defineProperty({}, 'toString', toString) });
      const facts = factsOf(new Odd());
      expect(facts).toMatchObject({ type: 'Odd', message: '' });
      expect(facts.frames[0]?.file).toMatch(/hostileErrors\.test\.ts$/);
      expect(toString.runs()).toBe(0);
    },
  );

  it('does not throw where a class does', () => {
    class Thrower extends Error {
      override get name(): string {
        throw new Error('no');
      }
    }
    expect(factsOf(new Thrower('a'))).toMatchObject({ type: 'Thrower', message: 'a', frames: [] });
  });

  it.each<[string, () => unknown]>([
    ['throws', () => expect.fail('no')],
    ['gives the places themselves', () => []],
  ])('gives no frames where Error.prepareStackTrace %s', (_, prepare) => {
    const error = new Error('a');
    const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
    Error.prepareStackTrace = prepare;
    try {
      expect(factsOf(error)).toMatchObject({ message: 'a', frames: [] });
    } finally {
      Object.defineProperty(Error, 'prepareStackTrace', before ?? { value: undefined });
    }
  });

  it.each([0, -1, Number.NaN])('gives no frames where V8 keeps %d of them', (limit) => {
    const before = Error.stackTraceLimit;
    Error.stackTraceLimit = limit;
    try {
      expect(factsOf(new Error('a'))).toMatchObject({ message: 'a', frames: [] });
    } finally {
      Error.stackTraceLimit = before;
    }
  });
});

describe('a long stack', () => {
  it('is read up to 16,384 characters, and no line of it is cut in two', () => {
    const line = '\n    at /app/.js:123:456789'.replace('.js', `${'d'.repeat(455)}.js`);
    // The limit cuts the 34th line in its column.
    expect([line.length, 16_384 % line.length]).toEqual([482, 478]);
    const { frames } = factsOf(withStack(new Error('a'), `Error: a${line.repeat(50)}`));
    expect(frames).toHaveLength(33);
    expect(frames.map(({ column }) => column)).toEqual(frames.map(() => 456_789));
  });

  it.each([
    [1_048_576, 1],
    [1_048_577, 0],
  ])('of %i characters has %i of its frames', (length, count) => {
    const stack = `Error: a${PLACE}\n`.padEnd(length, ' ');
    expect(factsOf(withStack(new Error('a'), stack)).frames).toHaveLength(count);
  });
});

describe('a message that looks like a stack', () => {
  const fake = 'no such order\n    at fake (/app/fake.js:1:1)';

  it('adds no frames', () => {
    const facts = factsOf(withStack(new Error(fake), `Error: ${fake}${PLACE}`));
    expect(facts).toMatchObject({ message: fake, frames: [FRAME] });
  });

  it("adds none behind a type with a code, as Node's have it", () => {
    const error = Object.assign(new TypeError(fake), { code: 'ERR_X' });
    expect(factsOf(withStack(error, `TypeError [ERR_X]: ${fake}${PLACE}`)).frames).toEqual([FRAME]);
  });

  it('adds none where the message is long', () => {
    const long = `${fake}${' and so on'.repeat(5000)}`;
    expect(factsOf(withStack(new Error(long), `Error: ${long}${PLACE}`)).frames).toEqual([FRAME]);
  });

  it('hides none where the message was a longer one before', () => {
    expect(factsOf(withStack(new Error('b'), `Error: ${'x'.repeat(100_000)}${PLACE}`)).frames).toEqual([FRAME]);
  });
});

describe('hostile errors', () => {
  it('run no trap of a Proxy, wherever it is', () => {
    const { proxy, runs } = trap(new AggregateError([new Error('b')], 'a', { cause: new Error('c') }));
    const wrapped = Object.assign(new AggregateError([proxy]), {
      cause: proxy,
      response: proxy,
      message: proxy,
      x: proxy,
    });
    const inheriting = Object.create(proxy) as object;
    const ofClass = Object.setPrototypeOf(new Error('a'), proxy) as object;
    class Deeper extends Error {}
    Object.setPrototypeOf(Deeper.prototype, proxy);
    for (const thrown of [proxy, wrapped, inheriting, ofClass, new Deeper('a')])
      expect(() => factsOf(thrown)).not.toThrow();
    expect(runs()).toBe(0);
  });

  it('may have a class that is a Proxy', () => {
    class Odd extends Error {}
    const { proxy, runs } = trap(Odd);
    Object.defineProperty(Odd.prototype, 'constructor', { value: proxy });
    expect(factsOf(new Odd('a'))).toMatchObject({ type: 'Error', classes: ['Error'], message: 'a' });
    expect(runs()).toBe(0);
  });

  it('may be told while the call stack is used up', () => {
    const describer = new ErrorDescriber({ redactText: (text) => text, workingDirectory: '/app' });
    const error = new Error('a');
    const dive = (): unknown => {
      try {
        return dive();
      } catch {
        return describer.describe(error);
      }
    };
    expect(dive()).toMatchObject({ causes: [] });
  });

  it('are redacted whole where the redactor fails', () => {
    const told = { redactText: (): string => expect.fail('no'), workingDirectory: '/app' };
    const error = Object.assign(new Error('a'), { id: 'b' });
    expect(new ErrorDescriber(told).describe(error)).toMatchObject({ message: '[redacted]' });
    const odd: unknown = 7;
    const untyped = { redactText: () => odd as string, workingDirectory: '/app' };
    expect(new ErrorDescriber(untyped).describe(error)).toMatchObject({ message: '[redacted]' });
  });

  it.each<[string, () => unknown]>([
    ['a message of 10 MB', () => new Error('x'.repeat(10_000_000))],
    ['a stack of 10 MB', () => withStack(new Error('a'), PLACE.repeat(300_000))],
    ['a stack of one line of 1 MB', () => withStack(new Error('a'), `\n    at ${' ('.repeat(500_000)}`)],
    ['10 MB of text', () => 'x '.repeat(5_000_000)],
    ['a property of 10 MB', () => Object.assign(new Error('a'), { x: 'x'.repeat(10_000_000) })],
    ['a name of 10 MB', () => Object.assign(new Error('a'), { name: 'x'.repeat(10_000_000) })],
    ['a thousand causes', () => causes(1000)],
    ['an aggregate of a million', () => Object.assign(new AggregateError([]), { errors: new Array(1_000_000) })],
  ])('are described in little time and space: %s', (_, make) => {
    const thrown = make();
    const start = performance.now();
    const facts = factsOf(thrown);
    expect(performance.now() - start).toBeLessThan(150);
    expect(JSON.stringify(facts).length).toBeLessThan(10_000);
  });
});
