import process from 'node:process';
import type { Dispose } from '../hostProcess.ts';

const EVENT = 'unhandledRejection';
/** The same in every copy of this package: none is to take the listener of another one for the application's. */
const OBSERVER = Symbol.for('tracewright.rejectionObserver');
/** Of Node's `--unhandled-rejections`, those with which a process goes on whether or not anybody listens. */
const MODES_THAT_GO_ON: ReadonlySet<string | undefined> = new Set(['none', 'warn']);

/**
 * Calls `listener` with what promises were rejected with that nobody handled, where the process goes on all the same: it is
 * called before the application's own listeners of `unhandledRejection`, while there are any. A listener keeps Node from
 * ending the process, or from warning: where the application has none, there is none of this either, unless Node was started
 * with `--unhandled-rejections=none` or `warn`, which ask no listener.
 */
export function onSurvivedRejection(listener: (reason: unknown) => void): Dispose {
  const goesOn = MODES_THAT_GO_ON.has(rejectionMode(process.execArgv));
  let isEnded = false;
  let isTold = false;
  // Strict Node tells it as an exception first, and of the same rejection then.
  const noteTold = (_: unknown, origin: string): void => {
    if (origin !== EVENT) return;
    isTold = true;
    queueMicrotask(() => {
      isTold = false;
    });
  };
  const observer = Object.assign(
    (reason: unknown): void => {
      if (!isTold) listener(reason);
    },
    { [OBSERVER]: true },
  );
  const follow = (): void => {
    const isThere = process.listeners(EVENT).includes(observer);
    const isWanted = !isEnded && (goesOn || hasOtherListeners());
    if (isWanted && !isThere) process.prependListener(EVENT, observer);
    if (!isWanted && isThere) process.removeListener(EVENT, observer);
  };
  // The application's is not there yet, and will not be where somebody throws. Node looks at rejections after all microtasks.
  const noteAdded = (event: string | symbol): void => {
    if (event === EVENT) queueMicrotask(follow);
  };
  // At once: there must be no moment in which this listener is the only one.
  const noteRemoved = (event: string | symbol): void => {
    if (event === EVENT) follow();
  };
  process.on('uncaughtExceptionMonitor', noteTold);
  process.on('newListener', noteAdded);
  process.on('removeListener', noteRemoved);
  follow();
  return () => {
    isEnded = true;
    process.removeListener('uncaughtExceptionMonitor', noteTold);
    process.removeListener('newListener', noteAdded);
    process.removeListener('removeListener', noteRemoved);
    follow();
  };
}

function hasOtherListeners(): boolean {
  return process.listeners(EVENT).some((listener) => !Object.hasOwn(listener, OBSERVER));
}

/**
 * How Node was told on its command line to treat rejections; the last one counts. `NODE_OPTIONS` is not looked at: it may have
 * been set since for other processes, and to take this one for one that goes on would keep it from ending.
 */
function rejectionMode(args: readonly string[]): string | undefined {
  const last = args.findLastIndex((arg) => nameOf(arg) === '--unhandled-rejections');
  const arg = args[last];
  if (arg === undefined) return undefined;
  return arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : args[last + 1];
}

function nameOf(arg: string): string {
  return (arg.split('=', 1)[0] ?? '').replaceAll('_', '-');
}
