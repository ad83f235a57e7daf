import type { Dispose } from '../../core/hostProcess.ts';
import { currentLogFields } from './currentLogFields.ts';

const METHODS = ['debug', 'log', 'info', 'warn', 'error'] as const;

/** The methods of `console` whose lines get the IDs of the active span. */
export type LogConsole = Pick<Console, (typeof METHODS)[number]>;

/**
 * Puts `trace_id=… span_id=…` before what a console writes inside of a span. Format strings, `this`, names and lengths of
 * the methods stay as they were; empty lines and lines outside a span do too.
 *
 * JSON is left alone, for programs read it: a call with one string from `{` to `}` or from `[` to `]`.
 *
 * @returns Puts the methods back. A method that somebody else has wrapped meanwhile stays in place and adds nothing more.
 */
export function correlateConsole(target: LogConsole): Dispose {
  const restores = METHODS.map((method) => correlateMethod(target, method));
  return () => {
    for (const restore of restores) restore();
  };
}

function correlateMethod(target: LogConsole, method: (typeof METHODS)[number]): Dispose {
  const original = target[method];
  let isActive = true;
  // A method with a computed name has the name and the length of what it stands for.
  const { [method]: correlated } = {
    [method](this: unknown, ...args: unknown[]): unknown {
      return Reflect.apply(original, this, isActive ? withIds(args) : args);
    },
  };
  if (correlated !== undefined) target[method] = correlated;
  return () => {
    isActive = false;
    if (target[method] === correlated) target[method] = original;
  };
}

function withIds(args: readonly unknown[]): readonly unknown[] {
  const fields = args.length === 0 || isJson(args) ? undefined : currentLogFields();
  if (fields === undefined) return args;
  const [first, ...rest] = args;
  const ids = `trace_id=${fields.trace_id} span_id=${fields.span_id}`;
  // Part of the first string, which may be a format: a separate argument before it would make it plain text.
  return typeof first === 'string' ? [`${ids} ${first}`, ...rest] : [ids, ...args];
}

function isJson([line, ...rest]: readonly unknown[]): boolean {
  if (typeof line !== 'string' || rest.length > 0) return false;
  const text = line.trim();
  return (text.startsWith('{') && text.endsWith('}')) || (text.startsWith('[') && text.endsWith(']'));
}
