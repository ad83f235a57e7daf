import { trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../../../runtime/src/core/secret.ts';
import { addEvent } from '../../../../../runtime/src/tracing/spans/addEvent.ts';
import { tag } from '../../../../../runtime/src/tracing/spans/tag.ts';
import { withSpan } from '../../../../../runtime/src/tracing/spans/withSpan.ts';
import { SpanRecorder } from '../../../../support/spanRecorder.ts';

let recorder: SpanRecorder;

beforeEach(() => {
  recorder = new SpanRecorder();
});

afterEach(() => {
  recorder.stop();
});

describe('tag', () => {
  it('sets one attribute of the active span, or several', () => {
    withSpan('outer', () => {
      withSpan('inner', () => tag('user', 'ada'));
      tag({ count: 2, list: ['a', 'b'], none: undefined });
    });
    expect(recorder.seen).toEqual([
      { name: 'inner', parent: 'outer', attributes: { user: 'ada' } },
      { name: 'outer', attributes: { count: 2, list: ['a', 'b'] } },
    ]);
  });

  it.each([
    ['an object, without its secrets', { id: 1, token: 't' }, '{"id":1,"token":"[redacted]"}'],
    ['null', null, 'null'],
    ['a BigInt', 12n, '12'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['a function', () => 'secret', '[function]'],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['an error', new TypeError('no'), 'TypeError: no'],
    ['a mixed list', [1, 'a', null, { b: 1 }], ['1', 'a', 'null', '{"b":1}']],
    [
      'a list that cannot be read',
      new Proxy([], {
        get: () => {
          throw new Error('read');
        },
      }),
      '[proxy]',
    ],
    ['a URL, without its secrets', new URL('https://ada:pw@host/path?q=1#top'), 'https://host/path?q=?'],
    ['a secret, which stays one', new Secret('hunter2'), '***'],
    ['a list of these', [new URL('https://ada@host/'), new Secret('s')], ['https://host/', '***']],
    ['what only looks like a URL', Object.create(URL.prototype), '[unreadable]'],
    ['numbers', [1, 2], [1, 2]],
    ['NaN', Number.NaN, Number.NaN],
  ])('makes text of %s where it has to', (_what, value, attribute) => {
    withSpan('work', () => tag('value', value));
    expect(recorder.only.attributes).toEqual({ value: attribute });
  });

  it('leaves out what a sensitive key keeps', () => {
    withSpan('work', () => {
      tag('password', 'hunter2');
      tag({ apiKey: 'k', 'user.pin': 1234, token: undefined, user: 'ada' });
    });
    expect(recorder.only.attributes).toEqual({
      password: '[redacted]',
      apiKey: '[redacted]',
      'user.pin': '[redacted]',
      user: 'ada',
    });
  });

  it('does nothing outside a span', () => {
    tag('nowhere', 1);
    withSpan('work', () => undefined);
    expect(recorder.only.attributes).toEqual({});
    expect(recorder.problems).toEqual([]);
  });

  it('never throws, whatever it is called with', () => {
    withSpan('work', () => {
      Reflect.apply(tag, undefined, [null]);
      Reflect.apply(tag, undefined, []);
      Reflect.apply(tag, undefined, [Symbol('s'), 1]);
      Reflect.apply(tag, undefined, [7, 8]);
    });
    expect(recorder.only.attributes).toEqual({ 7: 8 });
    expect(recorder.problems).toEqual([]);
  });
});

describe('addEvent', () => {
  it('adds an event to the active span', () => {
    withSpan('work', () => {
      addEvent('bare');
      addEvent('full', { count: 2, password: 'hunter2', order: { id: 1, cardNumber: '4111' } });
    });
    expect(recorder.only.events.map(({ name, attributes }) => ({ name, attributes }))).toEqual([
      { name: 'bare', attributes: undefined },
      { name: 'full', attributes: { count: 2, password: '[redacted]', order: '{"id":1,"cardNumber":"[redacted]"}' } },
    ]);
  });

  it('does nothing outside a span', () => {
    addEvent('nowhere');
    expect([recorder.ended, recorder.problems]).toEqual([[], []]);
  });

  it('never throws, whatever it is called with', () => {
    withSpan('work', () => {
      Reflect.apply(addEvent, undefined, [Symbol('s'), 'no attributes']);
      Reflect.apply(addEvent, undefined, [{ name: 'odd' }, null]);
    });
    expect(recorder.only.events.map(({ name }) => name)).toEqual(['Symbol(s)', '{"name":"odd"}']);
    expect(recorder.problems).toEqual([]);
  });

  it('survives a span that throws', () => {
    withSpan('work', (span) => {
      span.addEvent = span.setAttributes = () => {
        throw new Error('broken span');
      };
      addEvent('event');
      tag('key', 'value');
      expect(trace.getActiveSpan()).toBe(span);
    });
    expect(recorder.problems).toMatchObject([
      ['@tracewright/runtime: an event could not be added', { message: 'broken span' }],
      ['@tracewright/runtime: a span could not be tagged', { message: 'broken span' }],
    ]);
  });
});
