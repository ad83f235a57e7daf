import { NoopSpanProcessor, type ReadableSpan, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';
import { beforeEach, describe, expect, it } from 'vitest';
import { UnfinishedSpans } from '../../../../../runtime/src/tracing/provider/unfinishedSpans.ts';
import { FakeHost } from '../../fakeHost.ts';

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

describe('UnfinishedSpans', () => {
  it('knows nothing before it is told to watch, and passes spans on all the same', () => {
    const root = start('root');
    expect(lastOf(root)).toBeUndefined();
    root.end();
    expect(ended).toEqual(['root']);
  });

  it('names the span of a trace that started last, by its name of now, with the time that it has taken', () => {
    unfinished.watch();
    const root = start('root');
    host.advance(100);
    const child = start('child', root);
    host.advance(50);
    child.updateName('renamed');
    const { spanId, traceId } = child.spanContext();
    expect(unfinished.last(traceId)).toEqual({ name: 'renamed', spanId, elapsedMillis: 50 });
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

  it('forgets the oldest of more than ten thousand traces, and not for those that have ended', () => {
    unfinished.watch();
    const oldest = start('oldest');
    for (let count = 0; count < 10_000; count += 1) start('ended').end();
    expect(lastOf(oldest)).toBe('oldest');
    for (let count = 0; count < 9_999; count += 1) start('never ended');
    expect(lastOf(oldest)).toBe('oldest');
    start('one more');
    expect(lastOf(oldest)).toBeUndefined();
  });

  it('watches a thousand spans of a trace', () => {
    unfinished.watch();
    const root = start('root');
    for (let count = 1; count < 1000; count += 1) start(`span ${count}`, root);
    start('one more', root).end();
    expect(lastOf(root)).toBe('span 999');
  });

  it('lets go of all when it is shut down', async () => {
    unfinished.watch();
    const root = start('root');
    await unfinished.shutdown();
    expect(lastOf(root)).toBeUndefined();
  });
});
