import { context, type Context, INVALID_SPAN_CONTEXT, type Span, type SpanOptions, trace } from '@opentelemetry/api';
import { toAttributes } from './attributeValue.ts';
import { callBare, callInSpan } from './callInSpan.ts';
import { functionKind } from './functionKind.ts';
import { type CallPlan, SpannedCall } from './spannedCall.ts';
import { TracerSource } from './tracerSource.ts';
import { validateSpanName, validateSpanOptions } from './validateSpanOptions.ts';
import type { WithSpanOptions } from './withSpanOptions.ts';

/**
 * Does `work` in a new span, which is active in it and in whatever it starts. The span ends when the work does: when it
 * returns, throws, or when the promise that it returns is settled. What it returns and throws comes through unchanged, and
 * errors are recorded, as with `traced`.
 *
 * Without a provider, and in a trace that is not sampled, `work` gets a span that records nothing.
 *
 * @param name - of few distinct values: each is an operation of its own in Jaeger
 * @throws TypeError without a name, without a function to call, and for options that are none; it names what is allowed.
 */
export function withSpan<T>(name: string, work: (span: Span) => T): T;
/** The same with kind, attributes and links. */
export function withSpan<T>(name: string, options: WithSpanOptions, work: (span: Span) => T): T;
export function withSpan(name: string, second: WithSpanOptions | Work, third?: Work): unknown {
  validateSpanName('withSpan', name);
  const [options, work] = typeof second === 'function' ? [NO_OPTIONS, second] : [second, third];
  if (typeof work !== 'function') throw new TypeError('withSpan takes a function last');
  if (options !== NO_OPTIONS) validateSpanOptions('withSpan', options, ALLOWED);
  const parent = context.active();
  const tracer = new TracerSource().tracerFor(options.root === true ? trace.deleteSpan(parent) : parent);
  const call = new SpannedCall(new WorkPlan(work), parent, work, undefined, [silentSpan(parent)]);
  return tracer === undefined ? callBare(call) : callInSpan(tracer, name, startOptions(options), call);
}

const NO_OPTIONS: WithSpanOptions = {};

const ALLOWED: ReadonlySet<string> = new Set(['kind', 'root', 'attributes', 'links']);

type Work = (span: Span) => unknown;

/** The work is called with its span, and says itself what is to be said on it. */
class WorkPlan implements CallPlan {
  readonly isAsync: boolean;

  constructor(work: Work) {
    this.isAsync = functionKind(work) === 'async';
  }

  begin(_call: SpannedCall, span: Span): readonly unknown[] {
    return [span];
  }

  describeResult(): void {
    return;
  }
}

function startOptions({ kind, root, attributes, links }: WithSpanOptions): SpanOptions {
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(root === undefined ? {} : { root }),
    ...(attributes === undefined ? {} : { attributes: toAttributes(attributes) }),
    ...(links === undefined ? {} : { links: [...links] }),
  };
}

/** A span that records nothing and passes on what is active already. */
function silentSpan(parent: Context): Span {
  return trace.wrapSpanContext(trace.getSpanContext(parent) ?? INVALID_SPAN_CONTEXT);
}
