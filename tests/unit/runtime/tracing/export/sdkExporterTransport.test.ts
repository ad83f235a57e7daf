import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { type ExportResult, ExportResultCode, isTracingSuppressed } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { SdkExporterTransport } from '../../../../../runtime/src/tracing/export/sdkExporterTransport.ts';
import { FakeTransportHost, untilNothingMoves } from './fakeTransportHost.ts';
import { finishedSpans } from '../../../../support/finishedSpans.ts';

const spans = finishedSpans({ count: 3 });
const forever = new AbortController().signal;
const success: ExportResult = { code: ExportResultCode.SUCCESS };
const failure: ExportResult = { code: ExportResultCode.FAILED, error: new Error('full\r\nup') };

type Export = (spans: ReadableSpan[], answer: (result: ExportResult) => void) => void;

class FakeExporter implements SpanExporter {
  readonly export: Export;
  readonly shutdown: () => Promise<void>;
  shutdowns = 0;

  constructor(exportSpans: Export, shutdown: () => Promise<void> = () => Promise.resolve()) {
    this.export = exportSpans;
    this.shutdown = () => {
      this.shutdowns += 1;
      return shutdown();
    };
  }
}

function setUp(exportSpans: Export, shutdown?: () => Promise<void>) {
  const host = new FakeTransportHost();
  const exporters: FakeExporter[] = [];
  const createExporter = (): SpanExporter => {
    const exporter = new FakeExporter(exportSpans, shutdown);
    exporters.push(exporter);
    return exporter;
  };
  const transport = new SdkExporterTransport({
    destination: 'http://somewhere',
    createExporter,
    answerTimeoutMillis: 15_000,
    host,
  });
  return { host, exporters, transport };
}

describe('an exporter', () => {
  it('is made for the first batch, and kept while it succeeds', async () => {
    const batches: string[][] = [];
    const { exporters, transport } = setUp((batch, answer) => {
      batches.push(batch.map(({ name }) => name));
      answer(success);
    });
    expect(exporters).toHaveLength(0);
    for (let batch = 0; batch < 2; batch += 1)
      expect(await transport.send(spans, forever)).toEqual({ sent: 3, dropped: {}, trimmed: 0 });
    expect(exporters).toHaveLength(1);
    const names = ['step 1', 'step 2', 'step 3'];
    expect(batches).toEqual([names, names]);
  });

  it('that fails loses the whole batch, is told of, and is replaced', async () => {
    const { exporters, transport } = setUp((_batch, answer) => answer(exporters.length === 1 ? failure : success));
    const { error, ...counts } = await transport.send(spans, forever);
    expect(counts).toEqual({ sent: 0, dropped: { export_failed: 3 }, trimmed: 0 });
    expect(error?.message).toBe('spans were not exported to http://somewhere: full up');
    expect(await transport.send(spans, forever)).toMatchObject({ sent: 3 });
    expect(exporters.map(({ shutdowns }) => shutdowns)).toEqual([1, 0]);
  });

  it('that answers twice is heard once', async () => {
    const { transport } = setUp((_batch, answer) => {
      answer(success);
      answer(failure);
    });
    expect(await transport.send(spans, forever)).toEqual({ sent: 3, dropped: {}, trimmed: 0 });
  });

  it('that throws has failed', async () => {
    const { transport } = setUp(() => {
      throw new Error('a bug');
    });
    expect(await transport.send(spans, forever)).toMatchObject({
      dropped: { export_failed: 3 },
      error: { message: 'spans were not exported to http://somewhere: a bug' },
    });
  });

  it('that never answers has failed after 15 s, and is replaced', async () => {
    const { host, exporters, transport } = setUp((_batch, answer) => {
      if (exporters.length > 1) answer(success);
    });
    let isSettled = false;
    const outcome = transport.send(spans, forever).finally(() => (isSettled = true));
    await host.pass(14_999, 1000);
    expect(isSettled).toBe(false);
    await host.pass(1);
    expect(await outcome).toMatchObject({
      dropped: { export_failed: 3 },
      error: { message: 'spans were not exported to http://somewhere: the export took longer than 15000 ms' },
    });
    expect(await transport.send(spans, forever)).toMatchObject({ sent: 3 });
    expect(exporters).toHaveLength(2);
  });

  it('that never answers fails promptly when there is no time left', async () => {
    const { host, exporters, transport } = setUp(() => undefined);
    const time = new AbortController();
    const outcome = transport.send(spans, time.signal);
    await untilNothingMoves();
    time.abort();
    expect(await outcome).toMatchObject({ dropped: { export_failed: 3 }, error: { name: 'SendAbortedError' } });
    await untilNothingMoves();
    expect(exporters[0]?.shutdowns).toBe(1);
    expect(host.timerCount).toBe(0);
  });

  it('that cannot be made has failed', async () => {
    const host = new FakeTransportHost();
    const createExporter = (): SpanExporter => {
      throw new Error('no such protocol');
    };
    const transport = new SdkExporterTransport({
      destination: 'http://somewhere',
      createExporter,
      answerTimeoutMillis: 15_000,
      host,
    });
    expect(await transport.send(spans, forever)).toMatchObject({ dropped: { export_failed: 3 } });
  });

  it('makes no spans of its own', async () => {
    const suppressed: boolean[] = [];
    const { transport } = setUp((_batch, answer) => {
      suppressed.push(isTracingSuppressed(context.active()));
      answer(success);
    });
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    await transport.send(spans, forever);
    context.disable();
    expect(suppressed).toEqual([true]);
  });
});

describe('the end', () => {
  it('shuts the exporter down once, and sends nothing afterwards', async () => {
    const { exporters, transport } = setUp((_batch, answer) => answer(success));
    await transport.send(spans, forever);
    await transport.close();
    await transport.close();
    expect(exporters[0]?.shutdowns).toBe(1);
    expect(await transport.send(spans, forever)).toEqual({ sent: 0, dropped: { shutdown: 3 }, trimmed: 0 });
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('Flush timeout'))],
    ['hangs', () => new Promise<void>(() => undefined)],
  ])('comes though the shutdown of the exporter %s', async (_what, shutdown) => {
    const { host, transport } = setUp((_batch, answer) => answer(success), shutdown);
    await transport.send(spans, forever);
    const closed = transport.close();
    await host.pass(1000);
    await closed;
    expect(host.timerCount).toBe(0);
  });
});
