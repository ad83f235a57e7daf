import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TextRedactor } from '../../../../../runtime/src/core/textRedactor.ts';
import type { CrashingThread } from '../../../../../runtime/src/tracing/lifecycle/crashingThread.ts';
import {
  type CrashRecord,
  parseCrashRecord,
  writeCrashRecord,
} from '../../../../../runtime/src/tracing/lifecycle/crashRecord.ts';
import { PreviousCrashWarning } from '../../../../../runtime/src/tracing/lifecycle/previousCrashWarning.ts';
import { recordCrashes } from '../../../../../runtime/src/tracing/lifecycle/recordCrashes.ts';
import { reportCrashes } from '../../../../../runtime/src/tracing/lifecycle/reportCrashes.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

const AT = 1_795_737_600_000;
const crash: CrashRecord = {
  version: 1,
  serviceName: 'orders',
  pid: 7,
  threadId: 0,
  atMillis: AT,
  origin: 'uncaughtException',
  type: 'TypeError',
  message: 'no such order',
  stacktrace: 'TypeError: no such order\n    at order',
  trace: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled: true },
  pendingSpans: 3,
};

/** Files of one process in memory. */
class FakeFiles {
  own: string | undefined;
  others: readonly string[] = [];
  failure: Error | undefined;

  readonly write = (text: string): void => {
    if (this.failure !== undefined) throw this.failure;
    this.own = text;
  };
  readonly takeAll = (onError: (error: Error) => void): readonly string[] => {
    if (this.failure !== undefined) onError(this.failure);
    return this.others;
  };
}

let files: FakeFiles;
let host: FakeHost;
let redactor: TextRedactor;

beforeEach(() => {
  files = new FakeFiles();
  host = new FakeHost();
  redactor = new TextRedactor();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(() => {
  context.disable();
});

function listen(thread: Partial<CrashingThread> = {}): () => void {
  const ofProcess: CrashingThread = { id: 0, catchesUncaught: () => false };
  return recordCrashes({
    serviceName: 'orders',
    files,
    host,
    thread: { ...ofProcess, ...thread },
    textRedactor: () => redactor,
    pendingSpans: () => 3,
  });
}

/** A listener of the application on `uncaughtException`. */
const catching = { catchesUncaught: () => true };

function written(): CrashRecord | undefined {
  return parseCrashRecord(files.own ?? '');
}

describe('recording a crash', () => {
  it('writes what was thrown, when, and in which trace', () => {
    listen();
    const span = trace.wrapSpanContext({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 });
    const error = new TypeError('no such order');
    error.stack = crash.stacktrace;
    context.with(trace.setSpan(context.active(), span), () => host.throwUncaught(error));
    expect(written()).toEqual(crash);
  });

  it.each([
    ['null', null, { type: 'object', message: 'null', stacktrace: '' }],
    ['a text', 'broken', { type: 'string', message: 'broken', stacktrace: '' }],
    ['a symbol', Symbol('s'), { type: 'symbol', message: 'Symbol(s)', stacktrace: '' }],
    ['what cannot be read', Object.create(null), { type: 'object', message: 'cannot be read', stacktrace: '' }],
    ['a long text', 'x'.repeat(20_000), { type: 'string', message: 'x'.repeat(16_384), stacktrace: '' }],
  ])('describes %s', (_name, thrown, described) => {
    listen();
    host.throwUncaught(thrown, 'unhandledRejection');
    expect(written()).toMatchObject({ ...described, origin: 'unhandledRejection' });
    expect(written()).not.toHaveProperty('trace');
  });

  it("leaves out what the application's own rules find", () => {
    listen();
    redactor = new TextRedactor({ rules: [{ name: 'customer', pattern: /C-\d+/g }] });
    host.throwUncaught('C-1234 is gone');
    expect(written()?.message).toBe('[redacted] is gone');
  });

  it('writes nothing of a thread that lives on, and ends well', () => {
    listen(catching);
    host.throwUncaught(new Error('caught by a listener'));
    host.exit(0);
    expect(files.own).toBeUndefined();
  });

  it('writes what a thread survived when it ends badly after all', () => {
    listen(catching);
    host.throwUncaught(new Error('caught by a listener'));
    expect(files.own).toBeUndefined();
    host.exit(1);
    expect(written()?.message).toBe('caught by a listener');
  });

  it('writes nothing of an end without a crash', () => {
    listen();
    host.exit(1);
    expect(files.own).toBeUndefined();
  });

  it('names the worker thread', () => {
    listen({ id: 2 });
    host.throwUncaught(new Error('in a worker'));
    expect(written()).toMatchObject({ pid: 7, threadId: 2 });
  });

  it('leaves nothing behind when it is stopped', () => {
    const stop = listen(catching);
    host.throwUncaught(new Error('before'));
    stop();
    host.throwUncaught(new Error('after'));
    host.exit(1);
    expect(files.own).toBeUndefined();
  });

  it('changes nothing when the record cannot be written', () => {
    files.failure = new Error('ENOSPC');
    listen();
    expect(() => host.throwUncaught(new Error('crash'))).not.toThrow();
    listen(catching);
    host.throwUncaught(new Error('crash'));
    expect(() => host.exit(1)).not.toThrow();
  });
});

describe('reporting crashes', () => {
  function report(): { spans: InMemorySpanExporter; warnings: Error[]; errors: Error[] } {
    const spans = new InMemorySpanExporter();
    const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });
    const [warnings, errors]: [Error[], Error[]] = [[], []];
    reportCrashes({
      files,
      tracer: provider.getTracer('test'),
      warn: (warning) => warnings.push(warning),
      onError: (error) => errors.push(error),
    });
    return { spans, warnings, errors };
  }

  it('warns, and adds a span to the trace that crashed', () => {
    files.others = [writeCrashRecord(crash)];
    const { spans, warnings } = report();
    expect(warnings).toEqual([new PreviousCrashWarning(crash)]);
    expect(warnings[0]?.message).toBe(
      `orders (process 7) crashed at 2026-11-27T00:00:00.000Z in trace ${'a'.repeat(32)}: TypeError: no such order (3 spans were still waiting)`,
    );
    const [span] = spans.getFinishedSpans();
    expect(span).toMatchObject({
      name: 'process crash',
      startTime: [AT / 1000, 0],
      endTime: [AT / 1000, 0],
      parentSpanContext: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) },
      status: { code: 2, message: 'no such order' },
      attributes: {
        'error.type': 'TypeError',
        'process.pid': 7,
        'thread.id': 0,
        'crash.origin': 'uncaughtException',
        'crash.pending_spans': 3,
      },
    });
    expect(span?.events[0]).toMatchObject({
      name: 'exception',
      attributes: {
        'exception.type': 'TypeError',
        'exception.message': 'no such order',
        'exception.stacktrace': crash.stacktrace,
      },
    });
  });

  it.each([
    [{ threadId: 2 }, 'orders (worker thread 2 of process 7) crashed at'],
    [{ pendingSpans: 1 }, ': TypeError: no such order (1 span was still waiting)'],
  ])('says of %j what it was', (changed, expected) => {
    files.others = [writeCrashRecord({ ...crash, ...changed })];
    expect(report().warnings[0]?.message).toContain(expected);
  });

  it('says nothing of spans where none waited', () => {
    files.others = [writeCrashRecord({ ...crash, pendingSpans: 0 })];
    expect(report().warnings[0]?.message).toMatch(/: TypeError: no such order$/);
  });

  it('makes a trace of its own where there was none, or none that was recorded', () => {
    const { trace: crashed, ...without } = crash;
    files.others = [without, { ...crash, trace: { ...crashed, sampled: false } }].map((record) =>
      JSON.stringify(record),
    );
    const { spans } = report();
    expect(spans.getFinishedSpans().map(({ parentSpanContext }) => parentSpanContext)).toEqual([undefined, undefined]);
  });

  it('passes over what is no record, and tells when records cannot be read', () => {
    files.others = ['', 'null', '{"version":2}', JSON.stringify({ ...crash, atMillis: 1e300 }), '[]'];
    expect(report()).toMatchObject({ warnings: [], errors: [] });
    files.failure = new Error('EACCES');
    files.others = [writeCrashRecord(crash)];
    expect(report()).toMatchObject({ warnings: [new PreviousCrashWarning(crash)], errors: [new Error('EACCES')] });
  });
});

it('reads any text without throwing, and every record that was written', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseCrashRecord(text)));
  fc.assert(
    fc.property(fc.string(), fc.nat(), (message, pid) => {
      expect(parseCrashRecord(writeCrashRecord({ ...crash, message, pid }))).toEqual({ ...crash, message, pid });
    }),
  );
});
