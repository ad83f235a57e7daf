import { type Context, type Span, trace } from '@opentelemetry/api';

/**
 * The key that the API keeps the active span under. It is not exported, so it is learnt from the API itself: whatever
 * key `trace.setSpan` uses on a context is the one.
 */
export function learnSpanKey(): symbol {
  let learnt: symbol | undefined;
  const listening: Context = {
    getValue: () => undefined,
    setValue: (key) => {
      learnt = key;
      return listening;
    },
    deleteValue: () => listening,
  };
  trace.setSpan(listening, trace.wrapSpanContext({ traceId: '', spanId: '', traceFlags: 0 }));
  if (learnt === undefined) throw new TypeError('@opentelemetry/api keeps the active span in no context any more');
  return learnt;
}

/**
 * A context with another active span. `trace.setSpan` copies the whole map of the context for that; this keeps the
 * context it is made from and answers for one key itself. It never nests: made from another of its kind, it takes that
 * one's base.
 */
export class ContextWithSpan implements Context {
  readonly #spanKey: symbol;
  readonly #base: Context;
  readonly #span: Span;

  constructor(spanKey: symbol, context: Context, span: Span) {
    this.#spanKey = spanKey;
    this.#base = context instanceof ContextWithSpan ? context.#base : context;
    this.#span = span;
  }

  getValue(key: symbol): unknown {
    return key === this.#spanKey ? this.#span : this.#base.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return this.#copied().setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return this.#copied().deleteValue(key);
  }

  /** As the API's own kind of context, which the others are made of. */
  #copied(): Context {
    return this.#base.setValue(this.#spanKey, this.#span);
  }
}
