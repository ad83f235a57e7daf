import { type Span, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { compactSpan } from '../../../../../runtime/src/tracing/accounting/compactSpan.ts';
import { spanRecorder } from './support/spanRecorder.ts';
import { heldMemory } from '../../../../support/heldMemory.ts';

const MEBIBYTE = 2 ** 20;
const endedSpan = spanRecorder();

/** A text of its own in memory, a mebibyte long, and another one at each call. */
function longText(seed: number): string {
  return `${seed} `.repeat(MEBIBYTE).slice(0, MEBIBYTE);
}

const context = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };

describe('compactSpan', () => {
  const holders: readonly [string, (span: Span, text: string) => void][] = [
    ['an attribute that the SDK cut', (span, text) => span.setAttribute('body', text)],
    ['a preview that the application took', (span, text) => span.setAttribute('preview', text.slice(0, 100))],
    ['the shortest piece that V8 does not copy', (span, text) => span.setAttribute('id', text.slice(0, 13))],
    ['texts in an array', (span, text) => span.setAttribute('list', [text.slice(0, 100), text])],
    ['texts in an object', (span, text) => span.setAttribute('map', { deep: { deeper: [text] } })],
    ['a piece of a byte array', (span, text) => span.setAttribute('bytes', Buffer.from(text).subarray(0, 10))],
    ['an attribute of an event', (span, text) => span.addEvent('event', { body: text })],
    ['the name of an event', (span, text) => span.addEvent(text.slice(0, 100))],
    ['an exception', (span, text) => span.recordException({ name: 'Error', message: text, stack: text })],
    ['an attribute of a link', (span, text) => span.addLink({ context, attributes: { body: text } })],
    [
      'the message of the status',
      (span, text) => span.setStatus({ code: SpanStatusCode.ERROR, message: text.slice(0, 100) }),
    ],
    ['the name of the span', (span, text) => span.updateName(text.slice(0, 100))],
  ];

  it.each(holders)('makes a span let go of the large value behind %s', async (_holder, record) => {
    const spans: ReadableSpan[] = [];
    const bytes = await heldMemory(() => {
      for (let seed = 0; seed < 20; seed += 1) {
        const span = endedSpan((open) => record(open, longText(seed)));
        compactSpan(span);
        spans.push(span);
      }
    });
    expect(spans).toHaveLength(20);
    // Each would hold a mebibyte; what they may hold is at most two values at the SDK's limit.
    expect(bytes).toBeLessThan(4 * MEBIBYTE);
  });

  it('changes nothing that can be read', () => {
    const record = (span: Span): void => {
      span.setAttribute('short', 'GET').setAttribute('number', 1.5).setAttribute('flag', true);
      span
        .setAttribute('long', 'ä'.repeat(70))
        .setAttribute('emoji', '😀'.repeat(50))
        .setAttribute('half', '\ud83d'.repeat(70));
      span.setAttribute('list', ['x'.repeat(100), null, 3]).setAttribute('bytes', Buffer.from([1, 2, 3]));
      span.setAttribute('map', { a: { b: ['y'.repeat(100)], c: null } });
      span.addEvent('event '.repeat(20), { text: 'z'.repeat(100) });
      span.addLink({ context, attributes: { text: 'z'.repeat(100) } });
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'broken '.repeat(20) });
    };
    const readable = ({ name, attributes, events, links, status }: ReadableSpan) =>
      structuredClone({ name, attributes, events: events.map((event) => ({ ...event, time: [0, 0] })), links, status });
    const untouched = endedSpan(record, 'name '.repeat(20));
    const compacted = endedSpan(record, 'name '.repeat(20));
    compactSpan(compacted);
    expect(readable(compacted)).toEqual(readable(untouched));
  });

  it('copies bytes, so that the application may use its buffer again', () => {
    const buffer = Buffer.from([1, 2, 3]);
    const span = endedSpan((open) => open.setAttribute('bytes', buffer));
    compactSpan(span);
    buffer.fill(9);
    expect(span.attributes['bytes']).toEqual(new Uint8Array([1, 2, 3]));
  });

  it('estimates what a span holds, and not less than nine tenths of it', async () => {
    const records: readonly ((span: Span, seed: number) => void)[] = [
      () => undefined,
      (span, seed) => {
        for (let key = 0; key < 10; key += 1) span.setAttribute(`key ${key}`, `value ${seed} ${key}`);
      },
      (span) => span.setAttribute('text', 'ж'.repeat(20_000)),
      (span, seed) =>
        span.setAttribute(
          'list',
          Array.from({ length: 1000 }, (_, index) => `item ${seed} ${index}`),
        ),
      (span) =>
        span.setAttribute(
          'numbers',
          Array.from({ length: 1000 }, () => 0.5),
        ),
      (span) => span.setAttribute('bytes', Buffer.alloc(10_000)),
      (span) => span.setStatus({ code: SpanStatusCode.ERROR, message: 'm'.repeat(30_000) }),
      (span, seed) => {
        for (let event = 0; event < 20; event += 1) span.addEvent('event', { seed, text: 't'.repeat(500) });
      },
      (span, seed) => {
        for (let link = 0; link < 20; link += 1) span.addLink({ context, attributes: { seed, text: 't'.repeat(500) } });
      },
    ];
    for (const record of records) {
      let spans: ReadableSpan[] = [];
      let estimate = 0;
      const make = (): void => {
        spans = Array.from({ length: 300 }, (_, seed) => endedSpan((open) => record(open, seed)));
        estimate = spans.reduce((sum, span) => sum + compactSpan(span), 0);
      };
      // What a round makes besides, code for one, is seldom made twice: the smallest of some is what the spans hold.
      let bytes = Infinity;
      for (let round = 0; round < 4; round += 1) {
        spans = [];
        bytes = Math.min(bytes, await heldMemory(make));
      }
      expect(spans).toHaveLength(300);
      expect(estimate).toBeGreaterThan(bytes * 0.9);
    }
  });

  it('does not mind how deep values are nested, or that they hold themselves', () => {
    const span = endedSpan(() => undefined);
    let deep: object = { text: 'x'.repeat(100) };
    for (let depth = 0; depth < 100_000; depth += 1) deep = { deep };
    const cycle: { self?: object } = {};
    cycle.self = cycle;
    span.attributes['deep'] = deep;
    span.attributes['cycle'] = cycle;
    expect(compactSpan(span)).toBeGreaterThan(100_000 * 50);
  });

  it('does not throw at a value that cannot be read', () => {
    const span = endedSpan((open) => open.setAttribute('number', 1));
    span.attributes['hostile'] = {
      get value(): string {
        throw new Error('of the application');
      },
    };
    expect(compactSpan(span)).toBe(compactSpan(endedSpan(() => undefined)) - 2 * 'name'.length);
  });

  it('leaves what is frozen or inherited as it is', () => {
    const frozen = Object.freeze({ own: 'x'.repeat(100) });
    const inheriting = {};
    Object.setPrototypeOf(inheriting, { inherited: 'x'.repeat(100) });
    for (const attributes of [frozen, inheriting]) {
      const span = { ...endedSpan(() => undefined), status: { code: SpanStatusCode.UNSET }, attributes };
      expect(() => compactSpan(span)).not.toThrow();
    }
    expect(Object.keys(inheriting)).toEqual([]);
  });
});
