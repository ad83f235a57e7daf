import type { Dispose, HostProcess, UncaughtOrigin } from '../../core/hostProcess.ts';
import type { TextRedactor } from '../../core/textRedactor.ts';
import { currentTraceContext } from '../../core/currentTraceContext.ts';
import type { CrashingThread } from './crashingThread.ts';
import { type CrashRecord, writeCrashRecord } from './crashRecord.ts';
import type { CrashRecordFiles } from './crashRecordFiles.ts';
import { describeThrown } from './describeThrown.ts';

/** What `recordCrashes` needs. */
export interface RecordCrashesOptions {
  readonly serviceName: string;
  readonly files: Pick<CrashRecordFiles, 'write'>;
  readonly host: Pick<HostProcess, 'onUncaught' | 'onExit' | 'pid' | 'wallMillis'>;
  readonly thread: CrashingThread;
  /** What takes out of what was thrown what must not be kept; asked when it is. */
  readonly textRedactor: () => TextRedactor;
  /** How many spans have not left the process. */
  readonly pendingSpans: () => number;
}

/**
 * Writes a record when something is thrown that nobody catches, before the thread ends of it. The record is written
 * synchronously: nothing else is done by a thread that is about to end.
 *
 * Where the application catches it after all (a listener on `uncaughtException`), the thread lives on, and nobody is to
 * find a record of it meanwhile: that is written only when the thread ends by itself with an exit code other than 0.
 */
export function recordCrashes(options: RecordCrashesOptions): Dispose {
  const { files, host, thread } = options;
  let survived: CrashRecord | undefined;
  const undo = [
    host.onUncaught((thrown, origin) => {
      quietly(() => {
        const crash = describeCrash(thrown, origin, options);
        if (thread.catchesUncaught()) survived = crash;
        else files.write(writeCrashRecord(crash));
      });
    }),
    host.onExit((exitCode) => {
      const crash = survived;
      if (exitCode !== 0 && crash !== undefined) quietly(() => files.write(writeCrashRecord(crash)));
    }),
  ];
  return () => {
    for (const dispose of undo.splice(0)) dispose();
  };
}

function describeCrash(
  thrown: unknown,
  origin: UncaughtOrigin,
  { serviceName, host, thread, textRedactor, pendingSpans }: RecordCrashesOptions,
): CrashRecord {
  const trace = currentTraceContext();
  return {
    version: 1,
    serviceName,
    pid: host.pid,
    threadId: thread.id,
    atMillis: host.wallMillis(),
    origin,
    ...describeThrown(thrown, textRedactor()),
    ...(trace === undefined ? {} : { trace }),
    pendingSpans: pendingSpans(),
  };
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // A disk that is full or read-only, say: the thread goes on or ends as it would, and there is nobody left to tell.
  }
}
