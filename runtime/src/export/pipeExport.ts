import type { Buffer } from 'node:buffer';
import type { Writable } from 'node:stream';
import { toError } from '../core/toError.ts';
import { ExportDestination } from './exportDestination.ts';
import { ExportInterruptedError } from './exportInterruptedError.ts';
import type { ExportProgress } from './exportProgress.ts';
import type { ExportStream } from './exportStream.ts';

/** How an export is written. */
export interface PipeExportOptions {
  /** Calls it off; the only bound on how long a destination may take. @defaultValue it takes as long as it takes */
  readonly signal?: AbortSignal;
  /**
   * Whether the destination is ended after the export, and closed where it was interrupted. @defaultValue true
   */
  readonly end?: boolean;
}

/** How far an export came: by what its destination has taken, not by what waits in its buffer. */
export type PipeExportResult<Progress extends ExportProgress = ExportProgress> = Progress & {
  /** Why it did not come to its end. */
  readonly error?: ExportInterruptedError;
};

/**
 * Writes an export to a stream: a file, a response, a socket. It never throws or rejects, whatever the destination does. An
 * export that was read before is not written at all, which is an interruption, too.
 *
 * A destination has taken what it says it has: what a response has taken is the operating system's, and may never have
 * reached a client that went away. `exportRequests` tells how a client makes sure.
 */
export async function pipeExport<Progress extends ExportProgress>(
  source: ExportStream<Progress>,
  destination: Writable,
  options: PipeExportOptions = {},
): Promise<PipeExportResult<Progress>> {
  const { signal, end = true } = options;
  let outlet: ExportDestination | undefined;
  let taken = source.progress;
  try {
    outlet = new ExportDestination(destination, signal);
    if (source.readableDidRead || source.destroyed)
      throw new Error('it was read or closed before, so that not all of it is left; make another one');
    for await (const chunk of source as AsyncIterable<Buffer>) {
      const { progress } = source;
      await outlet.write(chunk, () => {
        taken = progress;
      });
    }
    if (end) await outlet.end();
    if (end) outlet.close();
    else outlet.release();
    return source.progress;
  } catch (thrown) {
    if (end) outlet?.abandon();
    else outlet?.release();
    return { ...taken, error: new ExportInterruptedError(toError(thrown), taken, source.rowsName) };
  } finally {
    source.destroy();
  }
}
