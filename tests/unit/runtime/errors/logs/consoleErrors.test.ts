import { describe, expect, it } from 'vitest';
import { watched } from './watchedLoggers.ts';

function fakeConsole() {
  const written: unknown[][] = [];
  const write = (...given: unknown[]): void => void written.push(given);
  return { written, console: { debug: write, log: write, info: write, warn: write, error: write } };
}

function started(options: Parameters<typeof watched>[0] = { loggers: { console: true } }) {
  const fake = fakeConsole();
  const methods = { ...fake.console };
  const running = watched(options, { console: fake.console });
  return { ...running, ...fake, methods };
}

const soldOut = () => new RangeError('sold out');

const ways: readonly (readonly [string, (error: Error) => readonly unknown[], object])[] = [
  ['alone', (error) => [error], {}],
  ['after a text', (error) => ['no tea', error], { message: 'no tea sold out' }],
  ['in a format', (error) => ['%s: no tea', error], { message: 'sold out: no tea' }],
  ['in an object', (error) => ['no tea', { err: error }], { message: 'no tea [object]' }],
];

describe('errors that are written with console', () => {
  it.each(ways)('are captured, %s', (_, given, context) => {
    const { console, written, said, events } = started();
    const args = given(soldOut());
    console.error(...args);
    expect(said()).toEqual(['RangeError: sold out']);
    expect(events()[0]).toMatchObject({ source: 'log', isHandled: true });
    expect(events()[0]?.context).toEqual({ logger: 'console', level: 'error', ...context });
    expect(written).toEqual([args]);
  });

  it('are none in other methods, whose lines are breadcrumbs', () => {
    const { console, said, crumbs } = started();
    console.debug('one');
    console.log('two %d', 2);
    console.info();
    console.warn('three', soldOut());
    expect(said()).toEqual([]);
    expect(crumbs()).toEqual(['debug: one', 'info: two 2', 'warn: three sold out']);
  });

  it('are captured only where that is asked for', () => {
    const { console, methods, said } = started({});
    expect(console).toEqual(methods);
    console.error(soldOut());
    expect(said()).toEqual([]);
  });

  it('are not captured after the end, when the methods are what they were', () => {
    const { console, methods, said, stop: end } = started();
    expect(console.error).not.toBe(methods.error);
    end();
    expect(console).toEqual(methods);
    for (const [name, method] of Object.entries(methods)) expect(Reflect.get(console, name)).toBe(method);
    console.error(soldOut());
    expect(said()).toEqual([]);
  });

  it('leave a method alone that somebody else has wrapped meanwhile, and are not captured by it after the end', () => {
    const { console, written, said, stop: end } = started();
    const { error: watchedMethod } = console;
    console.error = (...given) => watchedMethod('wrapped', ...given);
    const { error: wrapped } = console;
    end();
    expect(console.error).toBe(wrapped);
    console.error('late', soldOut());
    expect(written).toEqual([['wrapped', 'late', expect.any(RangeError)]]);
    expect(said()).toEqual([]);
  });

  it('run no code of what is written', () => {
    const { console, said, reports } = started();
    const raise = (): never => {
      throw new Error('a trap');
    };
    const traps = new Proxy({}, { get: raise, getPrototypeOf: raise, ownKeys: raise, getOwnPropertyDescriptor: raise });
    const getters = Object.defineProperty({ toString: raise }, 'err', { get: raise, enumerable: true });
    const heir = Object.create(traps) as object;
    console.error('%s %o', traps, getters, heir, { [Symbol.toPrimitive]: raise }, soldOut());
    expect(said()).toEqual(['RangeError: sold out']);
    expect(reports).toEqual([]);
  });

  it('leave a method alone that is an accessor, and watch the others', () => {
    const { console, written } = fakeConsole();
    const before = Object.getOwnPropertyDescriptor(console, 'error');
    Object.defineProperty(console, 'warn', { configurable: true, get: () => () => written.push(['got']) });
    const running = watched({ loggers: { console: true } }, { console });
    console.warn('no tea');
    console.error(soldOut());
    expect(running.said()).toEqual(['RangeError: sold out']);
    expect(written).toEqual([['got'], [expect.any(RangeError)]]);
    running.stop();
    expect(Object.getOwnPropertyDescriptor(console, 'error')).toEqual(before);
  });

  it('are not captured where a console refuses it, of which no method is left watched', () => {
    const { console } = fakeConsole();
    const methods = { ...console };
    const refusing = new Proxy(console, {
      defineProperty: (target, key, descriptor) => {
        if (key === 'error' && descriptor.value !== methods.error) throw new Error('refused');
        return Reflect.defineProperty(target, key, descriptor);
      },
    });
    const running = watched({ loggers: { console: true } }, { console: refusing });
    expect(running.reports).toEqual(['refused']);
    for (const [name, method] of Object.entries(methods)) expect(Reflect.get(console, name)).toBe(method);
  });

  it('do not fail where the console is frozen', () => {
    const frozen = Object.freeze(fakeConsole().console);
    const running = watched({ loggers: { console: true } }, { console: frozen });
    frozen.error(soldOut());
    running.stop();
    expect(running.said()).toEqual([]);
  });
});
