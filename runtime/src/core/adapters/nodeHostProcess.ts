import { readFileSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import type { Dispose, HostProcess, TerminationSignal, UncaughtOrigin } from '../hostProcess.ts';
import { onSurvivedRejection } from './onSurvivedRejection.ts';

/** The process this code runs in. The only place in the runtime that reads `process.env`. */
export function nodeHostProcess(): HostProcess {
  let isExiting = false;
  return {
    environment: process.env,
    readTextFile: (path) => readFileSync(path, 'utf8'),
    hostName: hostname(),
    pid: process.pid,
    wallMillis: () => Date.now(),
    monotonicMillis: () => performance.now(),
    schedule,
    keepAlive,
    // A process that exits comes to no further turn, on which a warning would be shown.
    warn: (warning) => (isExiting ? writeWarning(warning) : process.emitWarning(warning)),
    onSignal,
    signalListenerCount: (signal) => process.listenerCount(signal),
    // On the next turn: warnings of this one are shown before.
    raise: (signal) => {
      setImmediate(() => process.kill(process.pid, signal));
    },
    onBeforeExit,
    onExit: (listener) =>
      onExit((exitCode) => {
        isExiting = true;
        listener(exitCode);
      }),
    onUncaught,
    onSurvivedRejection,
  };
}

function writeWarning({ name, message }: Error): void {
  try {
    writeSync(process.stderr.fd, `(node:${process.pid}) ${name}: ${message}\n`);
  } catch {
    // Standard error is closed, or a pipe that is full.
  }
}

function schedule(callback: () => void, delayMillis: number): Dispose {
  const timer = setTimeout(callback, delayMillis).unref();
  return () => clearTimeout(timer);
}

function keepAlive(): Dispose {
  const timer = setInterval(() => undefined, 2 ** 31 - 1);
  return () => clearInterval(timer);
}

function onSignal(signal: TerminationSignal, listener: () => void): Dispose {
  // First in line: a `once` listener of the application takes itself off the list before the next one is called, and
  // would not be counted any more.
  process.prependListener(signal, listener);
  return () => process.removeListener(signal, listener);
}

function onBeforeExit(listener: () => void): Dispose {
  process.on('beforeExit', listener);
  return () => process.removeListener('beforeExit', listener);
}

function onExit(listener: (exitCode: number) => void): Dispose {
  process.on('exit', listener);
  return () => process.removeListener('exit', listener);
}

function onUncaught(listener: (thrown: unknown, origin: UncaughtOrigin) => void): Dispose {
  process.on('uncaughtExceptionMonitor', listener);
  return () => process.removeListener('uncaughtExceptionMonitor', listener);
}
