import type { ErrorFacts, StackFrame } from '../../../../../../runtime/src/errors/errorFacts.ts';

/** A frame out of `total src/orders.ts:12:5`, `async total src/orders.ts:12:5` or `src/orders.ts:12:5`. */
export function frame(text: string): StackFrame {
  const isAsync = text.startsWith('async ');
  const rest = isAsync ? text.slice('async '.length) : text;
  const place = rest.slice(rest.lastIndexOf(' ') + 1);
  const functionName = rest.slice(0, Math.max(0, rest.length - place.length - 1));
  const [, file = '', line, column] = /^(.*?):(\d+):(\d+)$/.exec(place) ?? [];
  const isInApplication = !file.startsWith('node:') && !file.includes('node_modules/');
  const isNamed = functionName !== '';
  return {
    ...(isNamed && { functionName }),
    file,
    line: Number(line),
    column: Number(column),
    isAsync,
    isInApplication,
  };
}

/** An error of a shop's; each case changes what it is about. */
export function errorFacts(changes: Partial<ErrorFacts> = {}): ErrorFacts {
  return {
    type: 'OrderError',
    classes: ['OrderError', 'Error'],
    message: 'order 17 has no items',
    properties: {},
    frames: ORDER_FRAMES,
    causes: [],
    errors: [],
    leftOut: 0,
    ...changes,
  };
}

/** The innermost call first. */
export const ORDER_FRAMES: readonly StackFrame[] = [
  'total src/orders.ts:12:5',
  'checkout src/checkout.ts:40:9',
  'Layer.handle node_modules/express/lib/router/layer.js:95:5',
  'async handle src/server.ts:7:3',
  'node:internal/process/task_queues:105:5',
].map(frame);
