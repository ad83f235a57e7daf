import process from 'node:process';
import { threadId } from 'node:worker_threads';
import type { CrashingThread } from '../crashingThread.ts';

/** The thread that this code runs in. */
export function currentThread(): CrashingThread {
  return {
    id: threadId,
    // Domains catch by the callback.
    catchesUncaught: () =>
      process.listenerCount('uncaughtException') > 0 || process.hasUncaughtExceptionCaptureCallback(),
  };
}
