import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { CollectorTransport } from '../../../../../runtime/src/tracing/export/collectorTransport.ts';
import type { Courier, Verdict } from '../../../../../runtime/src/tracing/export/courier.ts';
import type { PayloadFormat } from '../../../../../runtime/src/tracing/export/payloadFormat.ts';
import { thriftFormat } from '../../../../../runtime/src/tracing/export/thriftFormat.ts';
import { FakeTransportHost, untilNothingMoves } from './fakeTransportHost.ts';
import { finishedSpans } from '../../../../support/finishedSpans.ts';

const spans = finishedSpans({ count: 8 });
const forever = new AbortController().signal;
const taken: Verdict = { kind: 'taken', answer: new Uint8Array() };
const later = (afterMillis?: number): Verdict => ({
  kind: 'later',
  error: new Error('busy'),
  ...(afterMillis === undefined ? {} : { afterMillis }),
});
const refused: Verdict = { kind: 'refused', error: new Error('no') };
const tooLarge: Verdict = { kind: 'tooLarge', error: new Error('too much') };

/** A format whose body names the spans: `step 1,step 2`. */
const namesFormat: PayloadFormat = {
  contentType: 'text/plain',
  take: (batch, from) => ({
    bytes: Buffer.from(namesOf(batch.slice(from))),
    nextIndex: batch.length,
    spanCount: batch.length - from,
    trimmedCount: 0,
    oversizeCount: 0,
  }),
  rejectedIn: (answer) => (answer.length === 0 ? undefined : { spanCount: answer.length, reason: 'too old' }),
};

function namesOf(batch: readonly ReadableSpan[]): string {
  return batch.map(({ name }) => name.slice('step '.length)).join(',');
}

class FakeCourier implements Courier {
  readonly bodies: string[] = [];
  readonly verdict: (body: string, attempt: number) => Verdict | Promise<Verdict>;
  closings = 0;

  constructor(verdict: FakeCourier['verdict']) {
    this.verdict = verdict;
  }

  async carry(body: Uint8Array, signal: AbortSignal): Promise<Verdict> {
    this.bodies.push(Buffer.from(body).toString());
    const verdict = this.verdict(this.bodies.at(-1) ?? '', this.bodies.length);
    const aborted = new Promise<Verdict>((resolve) => {
      signal.addEventListener('abort', () => resolve({ kind: 'later', error: new Error('aborted') }));
    });
    return Promise.race([verdict, aborted]);
  }

  close(): void {
    this.closings += 1;
  }
}

function setUp(verdict: FakeCourier['verdict'], format = namesFormat) {
  const host = new FakeTransportHost();
  const courier = new FakeCourier(verdict);
  const transport = new CollectorTransport({ destination: 'http://collector/api/traces', format, courier, host });
  return { host, courier, transport };
}

describe('a collector that answers', () => {
  it('is sent a batch in one request', async () => {
    const { courier, transport } = setUp(() => taken);
    expect(await transport.send(spans, forever)).toEqual({ sent: 8, dropped: {}, trimmed: 0 });
    expect(courier.bodies).toEqual(['1,2,3,4,5,6,7,8']);
  });

  it('is sent nothing for an empty batch', async () => {
    const { courier, transport } = setUp(() => taken);
    expect(await transport.send([], forever)).toEqual({ sent: 0, dropped: {}, trimmed: 0 });
    expect(courier.bodies).toEqual([]);
  });

  it('loses the batch, and tells why, when it refuses', async () => {
    const { courier, transport } = setUp(() => refused);
    const { error, ...counts } = await transport.send(spans, forever);
    expect(counts).toEqual({ sent: 0, dropped: { export_failed: 8 }, trimmed: 0 });
    expect(error?.message).toBe('no');
    expect(courier.bodies).toHaveLength(1);
  });

  it('rejects some of the spans that it took, and they are counted', async () => {
    const { transport } = setUp(() => ({ kind: 'taken', answer: new Uint8Array(3) }));
    const { error, ...counts } = await transport.send(spans, forever);
    expect(counts).toEqual({ sent: 5, dropped: { export_failed: 3 }, trimmed: 0 });
    expect(error?.message).toBe('http://collector/api/traces rejected 3 spans: too old');
  });

  it('cannot reject more spans than it was sent', async () => {
    const { transport } = setUp(() => ({ kind: 'taken', answer: new Uint8Array(99) }));
    expect(await transport.send(spans, forever)).toMatchObject({ sent: 0, dropped: { export_failed: 8 } });
  });

  it('is sent requests of a bounded size, with large spans trimmed', async () => {
    const { courier, transport } = setUp(() => taken, thriftFormat(3000));
    const large = finishedSpans({ count: 4, paddingCharacters: 5000 });
    expect(await transport.send(large, forever)).toEqual({ sent: 4, dropped: {}, trimmed: 4 });
    expect(courier.bodies).toHaveLength(4);
  });

  it('is sent no span that cannot be trimmed to fit', async () => {
    const { courier, transport } = setUp(() => taken, thriftFormat(100));
    expect(await transport.send(spans, forever)).toEqual({ sent: 0, dropped: { oversize: 8 }, trimmed: 0 });
    expect(courier.bodies).toEqual([]);
  });
});

describe('a collector that is busy or away', () => {
  it('is asked again, for longer and longer waits, until it takes the batch', async () => {
    const { host, courier, transport } = setUp((_body, attempt) => (attempt < 5 ? later() : taken));
    const outcome = transport.send(spans, forever);
    // Half of 500, 1000, 2000 and 4000 ms.
    for (const [millis, attempts] of [
      [249, 1],
      [1, 2],
      [499, 2],
      [1, 3],
      [1000, 4],
      [1999, 4],
      [1, 5],
    ] as const) {
      await host.pass(millis);
      expect(courier.bodies).toHaveLength(attempts);
    }
    expect(await outcome).toEqual({ sent: 8, dropped: {}, trimmed: 0 });
  });

  it('is not asked before it said', async () => {
    const { host, courier, transport } = setUp((_body, attempt) => (attempt === 1 ? later(7000) : taken));
    const outcome = transport.send(spans, forever);
    await host.pass(6999);
    expect(courier.bodies).toHaveLength(1);
    await host.pass(1);
    expect(await outcome).toMatchObject({ sent: 8 });
  });

  it('is not asked at once for saying so, nor left alone for more than a minute', async () => {
    const { host, courier, transport } = setUp((_body, attempt) => (attempt === 1 ? later(0) : later(86_400_000)));
    void transport.send(spans, forever);
    await host.pass(249);
    expect(courier.bodies).toHaveLength(1);
    await host.pass(1);
    expect(courier.bodies).toHaveLength(2);
    await host.pass(59_999, 1000);
    expect(courier.bodies).toHaveLength(2);
    await host.pass(1);
    expect(courier.bodies).toHaveLength(3);
  });

  it('is left alone by the next batch too', async () => {
    const { host, courier, transport } = setUp((_body, attempt) => (attempt === 1 ? later(9000) : taken));
    const time = new AbortController();
    const first = transport.send(spans, time.signal);
    await host.pass(1000);
    time.abort();
    expect(await first).toMatchObject({ dropped: { export_failed: 8 } });
    const second = transport.send(spans, forever);
    await host.pass(7999);
    expect(courier.bodies).toHaveLength(1);
    await host.pass(1);
    expect(await second).toMatchObject({ sent: 8 });
  });

  it('fails the batch when there is no time left, with what it said last', async () => {
    const { host, transport } = setUp(() => later());
    const time = new AbortController();
    const outcome = transport.send(spans, time.signal);
    await host.pass(10_000);
    time.abort();
    const { error, ...counts } = await outcome;
    expect(counts).toEqual({ sent: 0, dropped: { export_failed: 8 }, trimmed: 0 });
    expect(error?.message).toBe('there was no time left to send spans to http://collector/api/traces; last: busy');
    expect(host.timerCount).toBe(0);
  });

  it('fails the batch promptly when it hangs', async () => {
    const { transport } = setUp(() => new Promise<Verdict>(() => undefined));
    const time = new AbortController();
    const outcome = transport.send(spans, time.signal);
    await untilNothingMoves();
    time.abort();
    expect(await outcome).toMatchObject({
      sent: 0,
      dropped: { export_failed: 8 },
      error: { message: 'there was no time left to send spans to http://collector/api/traces' },
    });
  });
});

describe('a batch that is too large for a collector', () => {
  const takesThree = (body: string): Verdict => (body.split(',').length > 3 ? tooLarge : taken);

  it('is sent in halves', async () => {
    const { courier, transport } = setUp(takesThree);
    expect(await transport.send(spans, forever)).toEqual({ sent: 8, dropped: {}, trimmed: 0 });
    expect(courier.bodies).toEqual(['1,2,3,4,5,6,7,8', '1,2,3,4', '1,2', '3,4', '5,6,7,8', '5,6', '7,8']);
  });

  it('loses only the span that is too large by itself', async () => {
    const { courier, transport } = setUp((body) => (body.split(',').includes('3') ? tooLarge : taken));
    const { error, ...counts } = await transport.send(spans, forever);
    expect(counts).toEqual({ sent: 7, dropped: { oversize: 1 }, trimmed: 0 });
    expect(error?.message).toBe('too much');
    expect(courier.bodies).toEqual(['1,2,3,4,5,6,7,8', '1,2,3,4', '1,2', '3,4', '3', '4', '5,6,7,8']);
  });

  it('ends where there is no time left, and every span is counted once', async () => {
    const time = new AbortController();
    const { transport } = setUp((body) => {
      if (body === '3,4') time.abort();
      return takesThree(body);
    });
    expect(await transport.send(spans, time.signal)).toMatchObject({ sent: 4, dropped: { export_failed: 4 } });
  });

  it('counts spans once that were trimmed or left out, however often they were encoded', async () => {
    const format: PayloadFormat = {
      ...namesFormat,
      take: (batch, from) => {
        const oversizeCount = batch.filter(({ name }) => name === 'step 1').length;
        const trimmedCount = batch.filter(({ name }) => name === 'step 8').length;
        return {
          ...namesFormat.take(batch, from),
          spanCount: batch.length - oversizeCount,
          oversizeCount,
          trimmedCount,
        };
      },
    };
    const { transport } = setUp(takesThree, format);
    expect(await transport.send(spans, forever)).toEqual({ sent: 7, dropped: { oversize: 1 }, trimmed: 1 });
  });
});

describe('the end', () => {
  it('closes the courier once, ends what is under way, and sends nothing afterwards', async () => {
    const { courier, transport } = setUp(() => new Promise<Verdict>(() => undefined));
    const underWay = transport.send(spans, forever);
    await untilNothingMoves();
    await transport.close();
    await transport.close();
    expect(await underWay).toMatchObject({ dropped: { export_failed: 8 } });
    expect(await transport.send(spans, forever)).toEqual({ sent: 0, dropped: { shutdown: 8 }, trimmed: 0 });
    expect(courier).toMatchObject({ closings: 1, bodies: [expect.any(String)] });
  });

  it('is survived by whatever a format or a courier throws', async () => {
    const { transport } = setUp(() => {
      throw new Error('a bug');
    });
    expect(await transport.send(spans, forever)).toMatchObject({
      sent: 0,
      dropped: { export_failed: 8 },
      error: { message: 'a bug' },
    });
  });
});
