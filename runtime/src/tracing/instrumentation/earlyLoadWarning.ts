import { LOG_LIBRARIES } from '../logs/logLibrary.ts';

/** What an `EarlyLoadWarning` is made of. */
export interface EarlyLoadWarningOptions {
  /** The name of the library's package. */
  readonly library: string;
  /** A file of it that was loaded. */
  readonly file: string;
  /** The name of the instrumentation that came too late. */
  readonly instrumentation: string;
}

/**
 * Warns that a library was loaded before its instrumentation could change it: what the application does with it makes no
 * spans. Of pino and winston, which make none, it is the log lines that do not get the IDs of the active span.
 */
export class EarlyLoadWarning extends Error {
  override readonly name = 'EarlyLoadWarning';
  /** The name of the library's package. */
  readonly library: string;
  /** A file of it that was loaded. */
  readonly file: string;
  /** The name of the instrumentation that came too late. */
  readonly instrumentation: string;

  constructor({ library, file, instrumentation }: EarlyLoadWarningOptions) {
    super(
      `${library} was loaded before tracing started, and ${consequenceFor(library)}. Start Node.js with ` +
        '--import @tracewright/runtime/register (or --require) in front of every other --import and --require, or ' +
        `load ${library} after createTracing() was called: with import(), since imports at the top of a module come ` +
        `first. Loaded was ${file}; too late came ${instrumentation}.`,
    );
    this.library = library;
    this.file = file;
    this.instrumentation = instrumentation;
  }
}

function consequenceFor(library: string): string {
  const isForLogs = LOG_LIBRARIES.some((known) => known === library);
  return isForLogs ? 'its lines get no trace and span IDs' : 'what is done with it makes no spans';
}
