import { Writable } from 'node:stream';
import { context } from '@opentelemetry/api';
import { StackContextManager } from '@opentelemetry/sdk-trace';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import winston from 'winston';
import TransportStream from 'winston-transport';
import { correlateWinston } from '../../../../../runtime/src/tracing/logs/correlateWinston.ts';
import { pinoMixin } from '../../../../../runtime/src/tracing/logs/pinoMixin.ts';
import { insideSpan, SPAN_ID, TRACE_ID } from './activeSpan.ts';

const fields = { trace_id: TRACE_ID, span_id: SPAN_ID, trace_flags: '01' };

beforeEach(() => {
  context.setGlobalContextManager(new StackContextManager().enable());
});
afterEach(() => {
  context.disable();
});

/** Keeps lines of JSON. */
class Lines extends Writable {
  readonly lines: unknown[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.lines.push(JSON.parse(chunk.toString()));
    done();
  }
}

/** Keeps the span IDs of its lines; takes no second line before it is told to. */
class SlowTransport extends TransportStream {
  readonly spanIds: unknown[] = [];
  readonly #waiting: (() => void)[] = [];
  #isSlow = true;

  override log(info: { readonly span_id?: string }, done: () => void): void {
    this.spanIds.push(info.span_id);
    if (this.#isSlow) this.#waiting.push(done);
    else done();
  }

  hurry(): void {
    this.#isSlow = false;
    for (const done of this.#waiting) done();
  }
}

describe('pinoMixin', () => {
  it('gives lines inside of a span its fields, of child loggers too, and leaves others alone', () => {
    const output = new Lines();
    const logger = pino({ mixin: pinoMixin, base: null, timestamp: false }, output);
    logger.info('outside');
    insideSpan(() => logger.child({ part: 'cart' }).warn({ size: 2 }, 'inside'));
    insideSpan(() => logger.info({ trace_id: 'mine' }, 'named'), { traceFlags: 0 });
    expect(output.lines).toEqual([
      { level: 30, msg: 'outside' },
      { level: 40, part: 'cart', ...fields, size: 2, msg: 'inside' },
      { level: 30, ...fields, trace_flags: '00', trace_id: 'mine', msg: 'named' },
    ]);
  });
});

describe('correlateWinston', () => {
  function loggerTo(output: Lines): winston.Logger {
    const transports = [new winston.transports.Stream({ stream: output })];
    return correlateWinston(winston.createLogger({ format: winston.format.json(), transports }));
  }

  it('gives lines inside of a span its fields, of child loggers too, and leaves others alone', () => {
    const output = new Lines();
    const logger = loggerTo(output);
    logger.info('outside');
    insideSpan(() => logger.child({ part: 'cart' }).warn('inside', { size: 2 }));
    insideSpan(() => logger.log({ level: 'info', message: 'whole' }));
    expect(output.lines).toEqual([
      { level: 'info', message: 'outside' },
      { level: 'warn', message: 'inside', part: 'cart', size: 2, ...fields },
      { level: 'info', message: 'whole', ...fields },
    ]);
  });

  it('gives a line that waits for a slow transport the span in which it was written', async () => {
    const transport = new SlowTransport();
    const logger = correlateWinston(winston.createLogger({ transports: [transport] }));
    const spanIds = Array.from({ length: 100 }, (_, line) => String(line).padStart(16, '1'));
    for (const spanId of spanIds) insideSpan(() => logger.info('x'), { spanId });
    insideSpan(() => transport.hurry());
    await new Promise((resolve) => logger.on('finish', resolve).end());
    expect(transport.spanIds).toEqual(spanIds);
  });

  it('copies a line that cannot be changed', () => {
    const written: unknown[] = [];
    const logger = correlateWinston({ write: (info: object): boolean => written.push(info) > 0 });
    const frozen = Object.freeze({ level: 'info', message: 'x' });
    expect(insideSpan(() => logger.write(frozen))).toBe(true);
    expect(written).toEqual([{ level: 'info', message: 'x', ...fields }]);
    logger.write(frozen);
    expect(written[1]).toBe(frozen);
  });
});
