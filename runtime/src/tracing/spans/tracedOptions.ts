import type { Attributes, Link, SpanKind } from '@opentelemetry/api';
import type { AnyFunction } from './anyFunction.ts';

/**
 * Computes something about a call from its arguments and its `this`. It is called with the very objects of the call and is
 * to change none of them. It answers at once: a promise is no answer. What it throws is told to OpenTelemetry's diagnostics,
 * and so is a promise; the call goes on without its answer.
 */
// A method's type, so that a hook may name the arguments that it knows are there: `([order]: [Order]) => …`.
export type CallHook<Args, This, Answer> = { hook(args: Args, self: This): Answer }['hook'];

/** What a traced function returned, as far as `result` is told: a promise's value, a generator's, a callback's. */
export type ResultOf<F extends AnyFunction> =
  ReturnType<F> extends Generator<unknown, infer R, never> | AsyncGenerator<unknown, infer R, never>
    ? R
    : Awaited<ReturnType<F>>;

/** What every way of making a span can be told of it. */
export interface SpanDetails {
  /**
   * Server, client, producer or consumer.
   * @defaultValue `SpanKind.INTERNAL`
   */
  readonly kind?: SpanKind;
  /**
   * Whether the span begins a trace of its own instead of becoming a child of the active one.
   * @defaultValue false
   */
  readonly root?: boolean;
}

/** How a function, method or class is traced. */
export interface TracedOptions<Args = readonly unknown[], This = unknown, Result = unknown> extends SpanDetails {
  /**
   * The name of the spans, or what computes it: of few distinct values, since each is an operation of its own in Jaeger. For
   * a class it takes the place of the class's name before the dot.
   * @defaultValue the function's name; of a method, `Class.method`
   */
  readonly name?: string | CallHook<Args, This, string>;
  /**
   * Attributes of the spans. An object is set when the span starts, where a sampler sees it. A function is called for spans
   * that are recorded only. Values that no attribute can have become text. What a sensitive key like `password` keeps, the
   * attribute's own or one in an object, is `[redacted]`.
   */
  readonly attributes?: Readonly<Attributes> | CallHook<Args, This, Readonly<Attributes>>;
  /** Other spans that this one follows from, such as those that sent the messages of a batch. */
  readonly links?: readonly Link[] | CallHook<Args, This, readonly Link[]>;
  /**
   * The arguments to record, as `argument.<name>`: `true` for all by position (`argument.0`), or names for the first ones in
   * their order. What is recorded is their shape and not their value, `string(12)` or `object{id, total}`, but for those
   * that `reveal` names.
   * @defaultValue none
   */
  readonly arguments?: true | readonly string[];
  /**
   * Names out of `arguments` whose values are recorded: 1,024 characters at most, without what is kept under keys like
   * `password`, `token` or `cardNumber`.
   * @defaultValue none
   */
  readonly reveal?: readonly string[];
  /**
   * Which argument is a callback in Node's manner (`(error, value) => …`) whose first call ends the span instead of the
   * function's return: the last one, or the one at an index. A call without a function there is traced like any other.
   */
  readonly callback?: 'last' | number;
  /**
   * Computes attributes from what the function returned, kept like those of `attributes`. Called for spans that are recorded
   * and did not fail.
   */
  readonly result?: { hook(result: Result, args: Args, self: This): Readonly<Attributes> }['hook'];
}

/** The options of `traced` for a function of this type. */
export type TracedOptionsOf<F extends AnyFunction> = TracedOptions<Parameters<F>, ThisParameterType<F>, ResultOf<F>>;
