import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { context } from '@opentelemetry/api';
import { StackContextManager } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogCorrelation } from '../../../../../runtime/src/tracing/logs/createLogCorrelation.ts';
import { insideSpan, SPAN_ID, TRACE_ID } from './activeSpan.ts';

const ids = `trace_id=${TRACE_ID} span_id=${SPAN_ID}`;
const methods = ['debug', 'log', 'info', 'warn', 'error'] as const;

let written: string;
let target: Console;
let stop: () => void;

beforeEach(() => {
  context.setGlobalContextManager(new StackContextManager().enable());
  written = '';
  const stream = new PassThrough({ encoding: 'utf8' }).on('data', (chunk: string) => (written += chunk));
  target = new Console({ stdout: stream, stderr: stream });
  stop = start();
});
afterEach(() => {
  stop();
  context.disable();
});

function start(): () => void {
  return createLogCorrelation(['console'], { console: target }).stop;
}

/** A method as the value that it is. */
function valueOf(method: keyof Console): unknown {
  return Reflect.get(target, method);
}

describe('a console with log correlation', () => {
  it.each(methods)('puts the IDs of the active span before what %s writes', (method) => {
    insideSpan(() => target[method]('hello', 'you'));
    expect(written).toBe(`${ids} hello you\n`);
  });

  it.each<[string, readonly unknown[], string]>([
    ['a format string', ['%s is %d%%', 'x', 5, 'more'], 'x is 5% more'],
    ['a format string without values', ['100%'], '100%'],
    ['an object', [{ a: 1 }, '%s'], '{ a: 1 } %s'],
    ['a number', [5, { a: 'b' }], "5 { a: 'b' }"],
    ['undefined', [undefined], 'undefined'],
    ['a symbol', [Symbol('x')], 'Symbol(x)'],
    ['an empty string', [''], ''],
    ['several lines', ['a\nb'], 'a\nb'],
    ['a tag in brackets', ['[orders] ready'], '[orders] ready'],
    ['JSON with something after it', ['{"a":1}', 'x'], '{"a":1} x'],
  ])('writes %s as it would without', (_what, args, text) => {
    insideSpan(() => target.log(...args));
    expect(written).toBe(`${ids} ${text}\n`);
  });

  it.each([['{"level":"info","msg":"x"}'], [' {"a":1}\n'], ['[1,2]'], ['{}']])(
    'leaves JSON alone, for programs read it: %j',
    (line) => {
      insideSpan(() => target.log(line));
      expect(written).toBe(`${line}\n`);
    },
  );

  it('leaves empty lines alone, and lines outside a span', () => {
    insideSpan(() => target.log());
    target.error('outside');
    insideSpan(() => target.log('no span'), { spanId: '0'.repeat(16) });
    expect(written).toBe('\noutside\nno span\n');
  });

  it('writes spans that are not sampled too, for others may have logged for them', () => {
    insideSpan(() => target.log('x'), { traceFlags: 0 });
    expect(written).toBe(`${ids} x\n`);
  });

  it('indents groups as it did', () => {
    target.group('outer');
    insideSpan(() => target.log('inner'));
    expect(written).toBe(`outer\n  ${ids} inner\n`);
  });

  it('has methods of the same names, lengths and enumerability, that return nothing', () => {
    const untouched = new Console({ stdout: new PassThrough() });
    for (const method of methods) {
      expect([target[method].name, target[method].length]).toEqual([method, untouched[method].length]);
      expect(Object.getOwnPropertyDescriptor(target, method)).toEqual({
        ...Object.getOwnPropertyDescriptor(untouched, method),
        value: valueOf(method),
      });
    }
    const log = valueOf('log') as (text: string) => unknown;
    expect(insideSpan(() => log('x'))).toBeUndefined();
    expect(written).toBe(`${ids} x\n`);
  });
});

describe('stopping', () => {
  it('puts the methods back, once and for all', () => {
    stop();
    const originals = methods.map(valueOf);
    const again = start();
    expect(methods.map(valueOf)).not.toEqual(originals);
    again();
    again();
    expect(methods.map(valueOf)).toEqual(originals);
    insideSpan(() => target.log('x'));
    expect(written).toBe('x\n');
  });

  it('leaves what somebody wrapped around it in place, and adds nothing more', () => {
    const inner = valueOf('log') as (...args: unknown[]) => void;
    const outer = (...args: unknown[]): void => inner('outer', ...args);
    target.log = outer;
    stop();
    expect(valueOf('log')).toBe(outer);
    insideSpan(() => target.log('x'));
    expect(written).toBe('outer x\n');
  });

  it('touches no console that nobody asked for', () => {
    stop();
    const log = valueOf('log');
    createLogCorrelation([], { console: target });
    expect(valueOf('log')).toBe(log);
  });
});
