import type { Attributes, Link, Span, SpanOptions } from '@opentelemetry/api';
import { reportProblem } from '../../core/reportProblem.ts';
import { argumentAttributes, type RecordedArguments } from './argumentAttributes.ts';
import { toAttributes } from './attributeValue.ts';
import { hookAnswer } from './hookAnswer.ts';
import { withSpanEndingCallback } from './spanEndingCallback.ts';
import type { CallPlan, SpannedCall } from './spannedCall.ts';
import type { TracedOptions } from './tracedOptions.ts';

/** Finds the name of a span by the `this` of its call. */
export type NameFinder = (self: unknown) => string;

const NO_ARGUMENTS: RecordedArguments = { names: [], revealed: new Set() };

/** What is known of the spans of one traced function before it is called, and how the rest is got from a call. */
export class SpanPlan implements CallPlan {
  /** Whether the function is an async one. */
  readonly isAsync: boolean;
  readonly #options: TracedOptions;
  readonly #defaultName: string | NameFinder;
  readonly #arguments: RecordedArguments;
  /** The same object for every call: a tracer copies what it keeps of it. */
  readonly #startOptions: SpanOptions;
  /** Most spans need nothing of their call: one question instead of several. */
  readonly #looksAtCalls: boolean;

  /** @param isAsync - whether the function is an async one: every promise that it returns is known to nobody else */
  constructor(options: TracedOptions, defaultName: string | NameFinder, isAsync: boolean) {
    this.isAsync = isAsync;
    const { attributes, links, kind, root } = options;
    this.#options = options;
    this.#defaultName = typeof options.name === 'string' ? options.name : defaultName;
    this.#arguments = recordedArguments(options);
    this.#looksAtCalls =
      typeof attributes === 'function' || this.#arguments !== NO_ARGUMENTS || options.callback !== undefined;
    this.#startOptions = {
      ...(kind === undefined ? {} : { kind }),
      ...(root === undefined ? {} : { root }),
      ...(typeof attributes === 'object' ? { attributes: toAttributes(attributes) } : {}),
      ...(typeof links === 'object' ? { links: [...links] } : {}),
    };
  }

  /** Whether the span does not become a child of the active one. */
  get isRoot(): boolean {
    return this.#options.root === true;
  }

  /** The name of the span of a call. */
  nameOf(args: readonly unknown[], self: unknown): string {
    const { name } = this.#options;
    if (typeof name === 'function') {
      try {
        const computed: unknown = hookAnswer(name(args, self));
        if (typeof computed === 'string' && computed !== '') return computed;
        reportProblem('the name of a span was computed as something else than a text', computed);
      } catch (problem) {
        reportProblem('the name of a span could not be computed', problem);
      }
    }
    return typeof this.#defaultName === 'string' ? this.#defaultName : this.#defaultName(self);
  }

  /** What the span of a call is started with. */
  startOptionsOf(args: readonly unknown[], self: unknown): SpanOptions {
    const { links } = this.#options;
    if (typeof links !== 'function') return this.#startOptions;
    return { ...this.#startOptions, links: computedLinks(() => links(args, self)) };
  }

  begin(call: SpannedCall, span: Span): readonly unknown[] {
    if (!this.#looksAtCalls || !call.isOpen) return call.args;
    const { attributes, callback } = this.#options;
    if (this.#arguments !== NO_ARGUMENTS) setComputed(span, () => argumentAttributes(call.args, this.#arguments));
    if (typeof attributes === 'function')
      setComputed(span, () => toAttributes(hookAnswer(attributes(call.args, call.self))));
    return callback === undefined ? call.args : withSpanEndingCallback(call, callback);
  }

  describeResult({ args, self }: SpannedCall, span: Span, result: unknown): void {
    const hook = this.#options.result;
    if (hook !== undefined) setComputed(span, () => toAttributes(hookAnswer(hook(result, args, self))));
  }
}

function recordedArguments({ arguments: names, reveal }: TracedOptions): RecordedArguments {
  return names === undefined ? NO_ARGUMENTS : { names, revealed: new Set(reveal) };
}

function computedLinks(compute: () => readonly Link[]): Link[] {
  try {
    return [...hookAnswer(compute())];
  } catch (problem) {
    reportProblem('the links of a span could not be computed', problem);
    return [];
  }
}

function setComputed(span: Span, compute: () => Attributes): void {
  try {
    span.setAttributes(compute());
  } catch (problem) {
    reportProblem('attributes of a span could not be computed', problem);
  }
}
