import type { Classifiable } from '../../../../../runtime/src/errors/classification/classification.ts';
import type { ErrorFacts, StackFrame } from '../../../../../runtime/src/errors/errorFacts.ts';

/** A plain `Error` without a message; a test changes what it is about. */
export function errorFacts(changes: Partial<ErrorFacts> = {}): ErrorFacts {
  const type = changes.type ?? 'Error';
  return {
    type,
    classes: type === 'Error' ? ['Error'] : [type, 'Error'],
    message: '',
    properties: {},
    frames: [],
    causes: [],
    errors: [],
    leftOut: 0,
    ...changes,
  };
}

/** The error as it was captured by a call, outside of any request; a test changes what it is about. */
export function capturedOf(
  error: Partial<ErrorFacts>,
  changes: Partial<Omit<Classifiable, 'error'>> = {},
): Classifiable {
  return { error: errorFacts(error), source: 'call', isHandled: true, request: {}, context: {}, ...changes };
}

/** A call in the application's code. */
export const APPLICATION_FRAME: StackFrame = {
  functionName: 'load',
  file: '/srv/app/src/orders.ts',
  line: 12,
  column: 9,
  isAsync: false,
  isInApplication: true,
};

/** A call in Node's. */
export const NODE_FRAME: StackFrame = {
  functionName: 'TCPConnectWrap.afterConnect',
  file: 'node:net',
  line: 1637,
  column: 16,
  isAsync: false,
  isInApplication: false,
};

/** A call in a package's code. */
export function packageFrame(path: string): StackFrame {
  return {
    functionName: 'run',
    file: `/srv/app/node_modules/${path}`,
    line: 45,
    column: 11,
    isAsync: false,
    isInApplication: false,
  };
}
