import { INSTRUMENTATION_SCOPE } from '../../core/instrumentationScope.ts';
import { trace } from '@opentelemetry/api';
import type { Dispose, HostProcess } from '../../core/hostProcess.ts';
import type { TextRedactor } from '../../core/textRedactor.ts';
import type { TracingConfig } from '../configuration/tracingConfig.ts';
import { crashRecordsBeside } from './adapters/crashRecordsBeside.ts';
import { currentThread } from './adapters/currentThread.ts';
import { recordCrashes } from './recordCrashes.ts';
import { reportCrashes } from './reportCrashes.ts';

/** What `startCrashRecords` needs. */
export interface StartCrashRecordsOptions {
  readonly config: Pick<TracingConfig, 'serviceName' | 'crashRecordFile'>;
  readonly host: HostProcess;
  readonly onError: (error: Error) => void;
  /** What takes out of what was thrown what must not be kept; asked when it is. */
  readonly textRedactor: () => TextRedactor;
  /** How many spans have not left the process. */
  readonly pendingSpans: () => number;
}

/** Reports the crashes of earlier processes and threads of the service, and records one of this thread. Tracing has to be started. */
export function startCrashRecords(options: StartCrashRecordsOptions): Dispose {
  const { host, onError, textRedactor, pendingSpans } = options;
  const { crashRecordFile, serviceName } = options.config;
  if (crashRecordFile === undefined) return () => undefined;
  const thread = currentThread();
  const files = crashRecordsBeside(crashRecordFile, thread.id);
  reportCrashes({ files, tracer: trace.getTracer(INSTRUMENTATION_SCOPE), warn: host.warn, onError });
  return recordCrashes({ serviceName, files, host, thread, textRedactor, pendingSpans });
}
