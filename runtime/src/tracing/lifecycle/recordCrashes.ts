import type { Dispose, HostProcess, UncaughtOrigin } from '../../core/hostProcess.ts';
import { currentTraceContext } from '../context/currentTraceContext.ts';
import { type CrashRecord, writeCrashRecord } from './crashRecord.ts';
import type { CrashRecordFiles } from './crashRecordFiles.ts';
import { describeThrown } from './describeThrown.ts';

/** What `recordCrashes` needs. */
export interface RecordCrashesOptions {
  readonly serviceName: string;
  readonly files: CrashRecordFiles;
  readonly host: Pick<HostProcess, 'onUncaught' | 'onExit' | 'pid' | 'wallMillis'>;
  /** How many spans have not left the process. */
  readonly pendingSpans: () => number;
}

/**
 * Writes a record when something is thrown that nobody catches, before the process ends of it. The record is written
 * synchronously: nothing else is done by a process that is about to end.
 *
 * An application that catches it after all (a listener on `uncaughtException`) lives on; its record is taken away when it
 * ends with exit code 0 or by `stop()`.
 */
export function recordCrashes({ serviceName, files, host, pendingSpans }: RecordCrashesOptions): Dispose {
  const record = (thrown: unknown, origin: UncaughtOrigin): void => {
    const trace = currentTraceContext();
    const known = { version: 1, serviceName, pid: host.pid, atMillis: host.wallMillis(), origin } as const;
    const crash: CrashRecord = { ...known, ...describeThrown(thrown), lostSpans: pendingSpans() };
    try {
      files.write(writeCrashRecord(trace === undefined ? crash : { ...crash, trace }));
    } catch {
      // A disk that is full or read-only: the process ends either way, and there is nobody left to tell.
    }
  };
  const undo = [
    host.onUncaught(record),
    host.onExit((exitCode) => {
      if (exitCode === 0) files.remove();
    }),
  ];
  return () => {
    if (undo.length > 0) files.remove();
    for (const dispose of undo.splice(0)) dispose();
  };
}
