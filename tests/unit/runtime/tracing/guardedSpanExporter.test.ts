import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { beforeEach, describe, expect, it } from 'vitest';
import { ExportError } from '../../../../runtime/src/tracing/exportError.ts';
import { GuardedSpanExporter } from '../../../../runtime/src/tracing/guardedSpanExporter.ts';
import { FakeHost, settle } from '../fakeHost.ts';

/** Holds every export until the test answers it. */
class HeldExporter implements SpanExporter {
  readonly started: number[] = [];
  readonly answers: ((result: ExportResult) => void)[] = [];
  shutdowns = 0;

  export(spans: ReadableSpan[], resultCallback: (result: ExportResult) => void): void {
    this.started.push(spans.length);
    this.answers.push(resultCallback);
  }

  shutdown(): Promise<void> {
    this.shutdowns += 1;
    return Promise.reject(new Error('Flush timeout'));
  }
}

let host: FakeHost;
let held: HeldExporter;
let errors: Error[];
let results: ExportResult[];
let guarded: GuardedSpanExporter;

beforeEach(() => {
  host = new FakeHost();
  held = new HeldExporter();
  errors = [];
  results = [];
  guarded = new GuardedSpanExporter({
    exporter: held,
    destination: 'the agent',
    timeoutMillis: 100,
    maxPendingBatches: 2,
    onError: (error) => errors.push(error),
    host,
  });
});

/** A batch of as many spans; what is inside them does not matter here. */
async function send(count: number): Promise<void> {
  guarded.export(Array<ReadableSpan>(count), (result) => results.push(result));
  await settle();
}

async function answer(index: number, result: ExportResult): Promise<void> {
  held.answers[index]?.(result);
  await settle();
}

const success: ExportResult = { code: ExportResultCode.SUCCESS };

describe('GuardedSpanExporter', () => {
  it('sends one batch at a time', async () => {
    await send(1);
    await send(2);
    expect(held.started).toEqual([1]);
    await answer(0, success);
    expect(held.started).toEqual([1, 2]);
    await answer(1, success);
    expect(results).toEqual([success, success]);
    expect({ errors, timers: host.timerCount }).toEqual({ errors: [], timers: 0 });
  });

  it('reports what the exporter reports, once', async () => {
    const cause = new Error('no route to host');
    await send(3);
    await answer(0, { code: ExportResultCode.FAILED, error: cause });
    const error = new ExportError({ reason: 'failed', spanCount: 3, destination: 'the agent', cause });
    expect(errors).toEqual([error]);
    expect(errors[0]?.message).toBe('3 spans were not exported to the agent (failed): no route to host');
    expect(results).toEqual([{ code: ExportResultCode.FAILED, error }]);
  });

  it('answers a batch that the exporter never answers, and goes on with the next', async () => {
    await send(1);
    await send(1);
    host.advance(100);
    await settle();
    expect(errors.map(({ message }) => message)).toEqual([
      '1 span was not exported to the agent (timeout): the export took longer than 100 ms',
    ]);
    await answer(1, success);
    await answer(0, success);
    expect(results.map(({ code }) => code)).toEqual([ExportResultCode.FAILED, ExportResultCode.SUCCESS]);
  });

  it('reports an exporter that throws', async () => {
    held.export = () => {
      throw new TypeError('not a span');
    };
    await send(1);
    expect(errors).toMatchObject([{ reason: 'failed', cause: new TypeError('not a span') }]);
  });

  it('refuses a batch when two wait already', async () => {
    await send(1);
    await send(1);
    await send(5);
    expect(errors).toMatchObject([{ reason: 'backlog', spanCount: 5 }]);
    await answer(0, success);
    await send(1);
    expect(errors).toHaveLength(1);
  });

  it('gives up what waits when it is abandoned, and refuses more', async () => {
    await send(1);
    await send(2);
    guarded.abandon();
    await send(3);
    expect(errors).toMatchObject([1, 2, 3].map((spanCount) => ({ reason: 'shutdown', spanCount })));
    await answer(0, success);
    expect(results.map(({ code }) => code)).toEqual(Array(3).fill(ExportResultCode.FAILED));
  });

  it('closes the exporter after the last batch, whatever the exporter says of it', async () => {
    await send(1);
    const closed = guarded.shutdown();
    await settle();
    expect(held.shutdowns).toBe(0);
    await answer(0, success);
    await expect(closed).resolves.toBeUndefined();
    expect(held.shutdowns).toBe(1);
  });
});
