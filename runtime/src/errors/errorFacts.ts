/** A place in a stack, as V8 tells it or as a source map says where it came from. */
export interface StackFrame {
  /** `Order.total`, `new Order`; `undefined` at the top level of a module and in functions without a name. */
  readonly functionName?: string;
  /**
   * A path with `/` between its parts, from the working directory on where it is inside of it; a URL; `node:…`. `undefined` for
   * native code and code from a text.
   */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** Whether it is reached through `await`. */
  readonly isAsync: boolean;
  /** Whether it is the application's: neither Node's nor in `node_modules`. */
  readonly isInApplication: boolean;
}

/** What of an error's own properties is kept. */
export type ErrorProperty = string | number | boolean;

/** What was thrown, in plain values of bounded size, without what must not be kept. Frozen. */
export interface ErrorFacts {
  /** `TypeError`, `ECONNREFUSED`'s class `Error`, `string` for a thrown text: low in number, as `error.type` is. */
  readonly type: string;
  /** The names of its classes, its own first, `Error` last; none for what is no object. */
  readonly classes: readonly string[];
  /** Redacted, at most 4096 characters; empty where there is none. */
  readonly message: string;
  /** Its property `code` as a text: `ECONNREFUSED`, `23505`, `ERR_INVALID_ARG_TYPE`. */
  readonly code?: string;
  /** The HTTP status that it names: `status`, `statusCode`, the one of its `response` or of the `$metadata` of AWS; 100 to 599. */
  readonly status?: number;
  /** Own properties with plain values, 20 at most, redacted; without those above. */
  readonly properties: Readonly<Record<string, ErrorProperty>>;
  /** The innermost call first, 50 at most. */
  readonly frames: readonly StackFrame[];
  /** The chain of its causes, the next one first, 5 at most; these have no causes of their own. */
  readonly causes: readonly ErrorFacts[];
  /** The errors of an `AggregateError`, 5 at most. */
  readonly errors: readonly ErrorFacts[];
  /** Causes and aggregated errors that are not shown. */
  readonly leftOut: number;
}
