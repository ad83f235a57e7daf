import {
  NoopSpanProcessor,
  type ReadableSpan,
  type Span as SdkSpan,
  type SpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { ROOT_CONTEXT, type Span, trace, TraceFlags } from '@opentelemetry/api';
import { beforeEach, describe, expect, it } from 'vitest';
import { UnfinishedSpans } from '../../../../../runtime/src/tracing/provider/unfinishedSpans.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

let host: FakeHost;
let unfinished: UnfinishedSpans;
let ended: string[];

beforeEach(() => {
  host = new FakeHost();
  ended = [];
  const next: SpanProcessor = Object.assign(new NoopSpanProcessor(), {
    onEnd: ({ name }: ReadableSpan) => void ended.push(name),
  });
  unfinished = new UnfinishedSpans(next, host);
  provider = new TracerProvider({ spanProcessors: [unfinished] });
});
let provider: TracerProvider;

function start(name: string, parent?: Span): Span {
  const context = parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent);
  return provider.getTracer('test').startSpan(name, {}, context);
}

function lastOf(span: Span): string | undefined {
  return unfinished.last(span.spanContext().traceId)?.name;
}

function nameOf(span: Span): string {
  return (span as SdkSpan).name;
}

/** A span of another process. */
function remote(digit: string): Span {
  const [traceId, spanId] = [digit.repeat(32), digit.repeat(16)];
  return trace.wrapSpanContext({ traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}

/** So many spans that never end, each in a trace of its own. */
function startMore(count: number): void {
  for (let number = 0; number < count; number += 1) start('never ended');
}

/** So many spans of a trace: the root and its children. */
function startWith(count: number): readonly [Span, ...Span[]] {
  const root = start('root');
  return [root, ...Array.from({ length: count - 1 }, (_, index) => start(`child ${index + 1}`, root))];
}

/** A span that never ends in a trace whose root has ended. */
function startLeak(): Span {
  const root = start('root');
  const leak = start('leak', root);
  root.end();
  return leak;
}

/** The places of those of whose traces something is known. */
function known(spans: readonly Span[]): readonly number[] {
  return spans.flatMap((span, index) => (lastOf(span) === undefined ? [] : [index]));
}

describe('UnfinishedSpans', () => {
  it('knows nothing before it is told to watch, and passes spans on all the same', () => {
    const root = start('root');
    expect(lastOf(root)).toBeUndefined();
    root.end();
    expect(ended).toEqual(['root']);
  });

  it('names the span of a trace that started last, by the name that it started with, and the time that it has taken', () => {
    unfinished.watch();
    const root = start('root');
    host.advance(100);
    const child = start('child', root);
    host.advance(50);
    child.updateName('renamed');
    const { spanId, traceId } = child.spanContext();
    expect(unfinished.last(traceId)).toEqual({ name: 'child', spanId, elapsedMillis: 50 });
    child.end();
    expect(unfinished.last(traceId)).toMatchObject({ name: 'root', elapsedMillis: 150 });
    root.end();
    expect(unfinished.last(traceId)).toBeUndefined();
    expect(ended).toEqual(['renamed', 'root']);
  });

  it('keeps the others where one ends that did not start last', () => {
    unfinished.watch();
    const root = start('root');
    const [first, second] = [start('first', root), start('second', root)];
    first.end();
    expect(lastOf(root)).toBe('second');
    second.end();
    expect(lastOf(root)).toBe('root');
  });

  it('takes nothing from the span but its name, of 100 characters at most', () => {
    unfinished.watch();
    expect(lastOf(start('x'.repeat(300)))).toBe(`${'x'.repeat(99)}…`);
  });

  it('forgets the 201 that were seen first of more than twenty thousand', () => {
    unfinished.watch();
    const first = Array.from({ length: 202 }, () => start('early'));
    for (let count = 0; count < 20_000; count += 1) start('ended').end();
    startMore(20_000 - 202);
    start('one more');
    expect(known(first)).toEqual([201]);
  });

  it('forgets last what was asked for last', () => {
    unfinished.watch();
    const [stuck, other] = [start('stuck'), start('other')];
    startMore(20_000 - 2);
    expect(lastOf(stuck)).toBe('stuck');
    start('one more');
    expect([lastOf(stuck), lastOf(other)]).toEqual(['stuck', undefined]);
  });

  it('forgets first what was left over when the work of a trace in this process was over', () => {
    unfinished.watch();
    const stuck = start('stuck');
    const leaks = Array.from({ length: 201 }, () => startLeak());
    startMore(20_000 - 202);
    start('one more');
    expect(known([stuck, ...leaks])).toEqual([0]);
  });

  it('takes for left over neither what another request of the trace is worked on for, nor what is worked on again', () => {
    unfinished.watch();
    const [served, servedBefore] = [start('served', remote('a')), start('served before', remote('b'))];
    const needed = [start('needed', served), start('needed', servedBefore)];
    start('served too', remote('a'));
    served.end();
    servedBefore.end();
    start('served again', remote('b'));
    const leaks = Array.from({ length: 201 }, () => startLeak());
    startMore(20_000 - 205);
    start('one more');
    expect(known([...needed, ...leaks])).toEqual([0, 1]);
  });

  it('leaves ten spans to traces with many before it forgets another, the first and the last nine', () => {
    unfinished.watch();
    const stuck = start('stuck');
    const few = startWith(20);
    for (const span of few.slice(5)) span.end();
    const many = [startWith(51), startWith(90), startWith(90)];
    startMore(20_000 - 1 - 5 - 231);
    start('one more');
    expect(lastOf(stuck)).toBe('stuck');
    for (const spans of many) {
      for (const span of spans.slice(-9).reverse()) {
        expect(lastOf(span)).toBe(nameOf(span));
        span.end();
      }
      expect(lastOf(spans[0])).toBe('root');
    }
    expect(lastOf(few[0])).toBe('child 4');
  });

  it('keeps a hundred spans of a trace, the first and the last 99', () => {
    unfinished.watch();
    const spans = startWith(201);
    for (const span of spans.slice(-99).reverse()) {
      expect(lastOf(span)).toBe(nameOf(span));
      span.end();
    }
    expect(lastOf(spans[0])).toBe('root');
    for (const span of spans.slice(1)) span.end();
    expect(lastOf(spans[0])).toBe('root');
  });

  it('has all its room again when everything has ended, whatever was forgotten meanwhile', () => {
    unfinished.watch();
    const spans: Span[] = [];
    for (let trace = 0; trace < 400; trace += 1) {
      const root = start('root');
      spans.push(root);
      for (let count = 0; count < 120; count += 1) spans.push(start('child', root));
      if (trace % 3 === 0) root.end();
    }
    for (let count = 0; count < 20_000; count += 1) spans.push(start('alone'));
    for (const span of spans) span.end();
    const first = start('first');
    startMore(20_000 - 1);
    expect(lastOf(first)).toBe('first');
    const second = start('second');
    startMore(200);
    expect([lastOf(first), lastOf(second)]).toEqual(['first', 'second']);
  });

  it('lets go of all when it is shut down', async () => {
    unfinished.watch();
    const root = start('root');
    await unfinished.shutdown();
    expect(lastOf(root)).toBeUndefined();
  });
});
