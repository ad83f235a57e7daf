import { describe, expect, it } from 'vitest';
import { TextRedactor } from '../../../../../runtime/src/core/textRedactor.ts';
import { type SpanDetails, SpanDetailsReader } from '../../../../../runtime/src/dashboard/traces/spanDetails.ts';
import type { WaterfallLimits } from '../../../../../runtime/src/dashboard/traces/waterfallLimits.ts';
import { type FixtureSpan, START, tagsOf, traceOf } from './jaegerFixture.ts';

function detailsOf(spans: readonly FixtureSpan[], limits: WaterfallLimits = {}): SpanDetails {
  const trace = traceOf(spans);
  const redactor = new TextRedactor();
  const reader = new SpanDetailsReader(trace, START, (text) => redactor.redact(text), limits);
  const span = trace.spans?.at(-1);
  if (span === undefined) throw new Error('a span is there');
  return reader.read(span);
}

describe('what a span says', () => {
  it('shows exceptions apart from other events', () => {
    const exception = {
      event: 'exception',
      'exception.type': 'TypeError',
      'exception.message': 'no',
      'exception.stacktrace': 'TypeError: no\n    at a',
    };
    const logs = [
      { timestamp: START + 5, fields: tagsOf(exception) },
      { timestamp: START + 7, fields: tagsOf({ event: 'retry', attempt: 2 }) },
      { timestamp: START + 8, fields: tagsOf({ message: 'unnamed' }) },
      { timestamp: START + 9, fields: tagsOf({ event: 'exception' }) },
    ];
    const { exceptions, events } = detailsOf([{ id: 'a', logs }]);
    expect(exceptions).toEqual([
      { atMicros: 5, type: 'TypeError', message: 'no', stack: 'TypeError: no\n    at a' },
      { atMicros: 9, type: 'Error', message: '', stack: '' },
    ]);
    expect(events).toEqual([
      { atMicros: 7, name: 'retry', tags: [{ key: 'attempt', value: 2 }] },
      { atMicros: 8, name: 'event', tags: [{ key: 'message', value: 'unnamed' }] },
    ]);
  });

  it('says what process sent it, what it is linked to beside its parent, and what Jaeger warns of', () => {
    const trace = traceOf([{ id: 'a' }, { id: 'b', parent: 'a', warnings: ['clock skew'] }]);
    const [, span] = trace.spans ?? [];
    if (span === undefined) throw new Error('a span is there');
    const references = [...(span.references ?? []), { refType: 'FOLLOWS_FROM', traceID: 'ab', spanID: 'c' }];
    const processes = { shop: { serviceName: 'shop', tags: tagsOf({ hostname: 'shop-7d4f' }) } };
    const reader = new SpanDetailsReader({ ...trace, processes }, START, (text) => text);
    const { process, links, warnings } = reader.read({ ...span, references });
    expect({ process, links, warnings }).toEqual({
      process: { service: 'shop', tags: [{ key: 'hostname', value: 'shop-7d4f' }] },
      links: [{ traceId: 'ab', spanId: 'c' }],
      warnings: ['clock skew'],
    });
  });

  it('shows no secret, neither by its name nor in a text', () => {
    const tags = {
      'http.request.header.authorization': 'Bearer abc',
      password: 'x',
      'db.name': 'orders',
      url: 'https://shop.example/?token=abcdef0123456789',
    };
    expect(detailsOf([{ id: 'a', with: tags }]).tags).toEqual([
      { key: 'http.request.header.authorization', value: '[redacted]' },
      { key: 'password', value: '[redacted]' },
      { key: 'db.name', value: 'orders' },
      { key: 'url', value: 'https://shop.example/?token=[redacted]' },
    ]);
  });

  it('takes from names and values what would change the rest of the page', () => {
    const { tags } = detailsOf([{ id: 'a', with: { 'k\u0007': 'one\r\ntwo\u0008\tthree', toString: 'x' } }]);
    expect(tags).toEqual([
      { key: 'k\ufffd', value: 'one\ntwo\ufffd\tthree' },
      { key: 'toString', value: 'x' },
    ]);
  });

  it('shows values that are none of Jaeger as texts', () => {
    const tags = { n: null, o: { password: 'x' }, big: '9007199254740993' };
    expect(detailsOf([{ id: 'a', with: tags }]).tags).toEqual([
      { key: 'n', value: 'null' },
      { key: 'o', value: '{"password":"[redacted]"}' },
      { key: 'big', value: '9007199254740993' },
    ]);
  });

  it('cuts long values and says how long they were', () => {
    const { tags } = detailsOf([{ id: 'a', with: { body: 'x'.repeat(1_000_000) } }], { maxValueLength: 10 });
    expect(tags).toEqual([
      { key: 'body', value: expect.stringMatching(/… \[cut, 1000000 characters in all\]$/) as unknown },
    ]);
    expect(String(tags[0]?.value).length).toBeLessThan(60);
  });

  it('says how many tags and events are left out', () => {
    const logs = [1, 2, 3].map((at) => ({ timestamp: START + at, fields: tagsOf({ event: 'e', a: 1, b: 2 }) }));
    const found = detailsOf([{ id: 'a', with: { a: 1, b: 2, c: 3 }, logs }], { maxTags: 1, maxEvents: 2 });
    expect(found).toMatchObject({ tags: [{ key: 'a', value: 1 }], leftOut: 5 });
    expect(found.events.map(({ tags }) => tags.length)).toEqual([1, 1]);
  });

  it('leaves out what there is no room for, of this span alone', () => {
    const trace = traceOf([{ id: 'a', with: { first: 'x'.repeat(30), second: 'y' } }]);
    const reader = new SpanDetailsReader(trace, START, (text) => text, { maxTextLength: 20 });
    const [span] = trace.spans ?? [];
    if (span === undefined) throw new Error('a span is there');
    const expected = [
      { key: 'first', value: 'x'.repeat(30) },
      { key: 'second', value: '[left out]' },
    ];
    expect(reader.read(span).tags).toEqual(expected);
    expect(reader.read(span).tags).toEqual(expected);
  });
});
