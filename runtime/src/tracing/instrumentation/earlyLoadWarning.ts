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
 * spans.
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
      `${library} was loaded before tracing started, and what is done with it makes no spans. Start Node.js with ` +
        '--import @tracewright/runtime/register (or --require) in front of every other --import and --require, or ' +
        `load ${library} after createTracing() was called: with import(), since imports at the top of a module come ` +
        `first. Loaded was ${file}; too late came ${instrumentation}.`,
    );
    this.library = library;
    this.file = file;
    this.instrumentation = instrumentation;
  }
}
