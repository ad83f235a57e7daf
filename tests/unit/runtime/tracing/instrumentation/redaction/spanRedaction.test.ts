import {
  ROOT_CONTEXT,
  type Span as ApiSpan,
  SpanStatusCode,
  type Attributes,
  type Exception,
} from '@opentelemetry/api';
import { type ReadableSpan, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { beforeEach, describe, expect, it } from 'vitest';
import { TextRedactor } from '../../../../../../runtime/src/core/textRedactor.ts';
import {
  createSpanRedactor,
  type SpanRedactor,
} from '../../../../../../runtime/src/tracing/instrumentation/redaction/createSpanRedactor.ts';
import { RedactingSpanProcessor } from '../../../../../../runtime/src/tracing/instrumentation/redaction/redactingSpanProcessor.ts';

const PG = '@opentelemetry/instrumentation-pg';
const REDIS = '@opentelemetry/instrumentation-redis';
const HTTP = '@opentelemetry/instrumentation-http';
const OTHER = 'instrumentation-of-others';

class RecordingProcessor implements SpanProcessor {
  readonly calls: string[] = [];
  ended: ReadableSpan | undefined;

  onStart(): void {
    this.calls.push('onStart');
  }
  onEnding(): void {
    this.calls.push('onEnding');
  }
  onEnd(span: ReadableSpan): void {
    this.calls.push('onEnd');
    this.ended = span;
  }
  forceFlush(): Promise<void> {
    this.calls.push('forceFlush');
    return Promise.resolve();
  }
  shutdown(): Promise<void> {
    this.calls.push('shutdown');
    return Promise.resolve();
  }
}

let inner: RecordingProcessor;
let errors: unknown[];

beforeEach(() => {
  inner = new RecordingProcessor();
  errors = [];
});

interface Recorded {
  readonly scope: string;
  readonly name?: string;
  readonly attributes?: Attributes;
  readonly record?: (span: ApiSpan) => void;
  readonly redact?: SpanRedactor;
}

const redactorOfAll = createSpanRedactor({ instrumentationNames: [PG, REDIS, HTTP, OTHER] });

/** A span as it comes out. */
function ended({ scope, name = 'span', attributes = {}, record, redact = redactorOfAll }: Recorded): ReadableSpan {
  const processor = new RedactingSpanProcessor({ processor: inner, redact, onError: (error) => errors.push(error) });
  const tracer = new TracerProvider({ spanProcessors: [processor] }).getTracer(scope);
  const span = tracer.startSpan(name, { attributes }, ROOT_CONTEXT);
  record?.(span);
  span.end();
  if (inner.ended === undefined) throw new Error('the span did not come out');
  return inner.ended;
}

function failingWith(exception: Exception, message: string): (span: ApiSpan) => void {
  return (span) => {
    span.recordException(exception);
    span.setStatus({ code: SpanStatusCode.ERROR, message });
  };
}

/** The error that pg makes of an answer of the server. */
function postgresError(): Error {
  return Object.assign(new Error('invalid input syntax for type integer: "canary"'), {
    name: 'error',
    code: '22P02',
    stack: 'error: invalid input syntax for type integer: "canary"\n    at /app/node_modules/pg-pool/index.js:45:11',
  });
}

function exceptionOf(span: ReadableSpan): Attributes | undefined {
  return span.events.find(({ name }) => name === 'exception')?.attributes;
}

describe('the redaction of attributes', () => {
  it('covers what an instrumentation of the runtime records', () => {
    const url = 'https://ada:canary@shop.example/a?token=canary';
    expect(ended({ scope: HTTP, attributes: { 'url.full': url, 'client.address': 'canary' } }).attributes).toEqual({
      'url.full': 'https://shop.example/a?token=?',
      'client.address': '?',
    });
    expect(ended({ scope: HTTP, attributes: { 'client.address': '::ffff:127.0.0.1' } }).attributes).toEqual({
      'client.address': '::ffff:127.0.0.1',
    });
  });

  it.each([
    [
      "pg.query:SELECT\n'CANARY' shop",
      { 'db.query.text': "SELECT\n'canary'", 'db.namespace': 'shop' },
      'pg.query:SELECT shop',
    ],
    ['pg.query:/*CANARY*/', { 'db.query.text': '/*canary*/(select 1)' }, 'pg.query:SELECT'],
    ['pg.query:find-user', { 'db.query.text': 'SELECT 1', 'db.postgresql.plan': 'find-user' }, 'pg.query:find-user'],
    ["pg.query:'CANARY'", { 'db.query.text': "'canary'" }, 'pg.query'],
    ['pg-pool.connect', { 'db.namespace': '34@db/shop' }, 'pg-pool.connect'],
  ])('makes the name of a statement of what is left of it: %j', (name, attributes, redacted) => {
    const span = ended({ scope: PG, name, attributes: { 'db.system.name': 'postgresql', ...attributes } });
    expect(span.name).toBe(redacted);
    expect(JSON.stringify([span.name, span.attributes])).not.toMatch(/canary|34@/i);
  });

  it.each([
    ['redis-SET key canary', { 'db.operation.name': 'SET key canary' }, 'redis-?', '?'],
    ['redis-SET', { 'db.operation.name': 'MULTI SET' }, 'redis-SET', 'MULTI SET'],
    ['redis-SET', { 'db.operation.name': 'PIPELINE SET canary' }, 'redis-SET', 'PIPELINE ?'],
  ])('takes for the name of a command only what can be one: %s', (name, attributes, redacted, operation) => {
    const span = ended({ scope: REDIS, name, attributes });
    expect([span.name, span.attributes['db.operation.name']]).toEqual([redacted, operation]);
  });

  it.each<[string, Attributes, Attributes]>([
    [
      'statements',
      { 'db.system': 'mysql', 'db.statement': 'SELECT "canary"' },
      { 'db.system': 'mysql', 'db.statement': 'SELECT ?' },
    ],
    [
      'commands',
      { 'db.system': 'memcached', 'db.statement': 'get canary' },
      { 'db.system': 'memcached', 'db.statement': 'get' },
    ],
    [
      'PostgreSQL',
      { 'db.system': 'postgresql', 'db.statement': 'SELECT "a"' },
      { 'db.system': 'postgresql', 'db.statement': 'SELECT "a"' },
    ],
    [
      'URLs',
      { 'http.target': '/a?b=canary', 'http.url': 'http://a:canary@b/' },
      { 'http.target': '/a?b=?', 'http.url': 'http://b/' },
    ],
    ['headers', { 'http.request.header.cookie': ['canary'] }, { 'http.request.header.cookie': '?' }],
    [
      'parameters',
      { 'db.query.parameter.0': 'canary', 'db.postgresql.values': ['canary'] },
      { 'db.query.parameter.0': '?', 'db.postgresql.values': '?' },
    ],
    ['anything else', { 'rpc.method': 'Get', 'http.route': '/a/:b' }, { 'rpc.method': 'Get', 'http.route': '/a/:b' }],
  ])('covers, of an instrumentation that the runtime does not know, %s', (_what, attributes, redacted) => {
    expect(ended({ scope: OTHER, attributes }).attributes).toEqual(redacted);
  });

  it("leaves the application's own attributes alone", () => {
    const attributes = { 'db.query.text': "SELECT 'mine'", 'url.full': 'https://shop.example/?a=b' };
    expect(ended({ scope: 'app', attributes }).attributes).toEqual(attributes);
  });
});

describe('the redaction of errors', () => {
  it('says in a span of pg what the code means, in the event and in the status', () => {
    const span = ended({
      scope: PG,
      record: failingWith(
        "PostgreSQL error of type 'error' occurred (code: 22P02)",
        'invalid input syntax for type integer: "canary"',
      ),
    });
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'invalid_text_representation (22P02)' });
    expect(exceptionOf(span)).toEqual({ 'exception.message': 'invalid_text_representation (22P02)' });
  });

  it('recognises an error of PostgreSQL in whichever span it is recorded', () => {
    const span = ended({ scope: 'app', record: failingWith(postgresError(), postgresError().message) });
    expect(span.status.message).toBe('invalid_text_representation (22P02)');
    expect(exceptionOf(span)).toEqual({
      'exception.type': '22P02',
      'exception.message': 'invalid_text_representation (22P02)',
      'exception.stacktrace':
        'error: invalid_text_representation (22P02)\n    at /app/node_modules/pg-pool/index.js:45:11',
    });
  });

  it.each([
    [
      'ReplyError',
      '    at Decoder._Decoder_decodeSimpleError (/app/node_modules/ioredis/built/resp/decoder.js:450:11)',
    ],
    ['Error', '    at #decodeSimpleError (/app/node_modules/@redis/client/dist/lib/RESP/decoder.js:423:13)'],
  ])('recognises an answer of Redis in whichever span it is recorded: %s', (name, frame) => {
    const message = 'MYERR the canary\nsings';
    const error = Object.assign(new Error(message), { name, stack: `${name}: ${message}\n${frame}` });
    const span = ended({ scope: 'app', record: failingWith(error, message) });
    expect(span.status.message).toBe('Redis error (redacted)');
    expect(exceptionOf(span)).toEqual({
      'exception.type': name,
      'exception.message': 'Redis error (redacted)',
      'exception.stacktrace': `${name}: Redis error (redacted)\n${frame}`,
    });
  });

  it('redacts the causes that a stack trace names as well', () => {
    const stack = [
      'Error: cannot store the order',
      '    at store (/app/store.js:1:1)',
      'Caused by: error: invalid input syntax for type integer: "canary"',
      'canary',
      '    at /app/node_modules/pg-pool/index.js:45:11',
      "[cause]: Error: ERR unknown command 'x', with args beginning with: 'canary'",
      '    at #decodeSimpleError (/app/node_modules/@redis/client/dist/lib/RESP/decoder.js:423:13)',
    ];
    const error = Object.assign(new Error('cannot store the order'), { stack: stack.join('\n') });
    expect(exceptionOf(ended({ scope: 'app', record: (span) => span.recordException(error) }))).toEqual({
      'exception.type': 'Error',
      'exception.message': 'cannot store the order',
      'exception.stacktrace': [
        stack[0],
        stack[1],
        'Caused by: error: PostgreSQL error (redacted)',
        stack[4],
        '[cause]: Error: ERR (redacted)',
        stack[6],
      ].join('\n'),
    });
  });

  it("keeps the words of the application's own errors, but for what URLs in them hold", () => {
    const error = new Error('cannot load https://ada:canary@shop.example/?token=canary');
    const span = ended({ scope: HTTP, record: failingWith(error, error.message) });
    expect(span.status.message).toBe('cannot load https://shop.example/?token=?');
    expect(exceptionOf(span)?.['exception.message']).toBe('cannot load https://shop.example/?token=?');
    expect(exceptionOf(span)?.['exception.stacktrace']).toContain('spanRedaction.test.ts');
    expect(JSON.stringify(span.events)).not.toContain('canary');
  });

  it("takes secrets and personal data out of what the application's own errors and their causes say", () => {
    const message = 'cannot log in ada@shop.example with password=canary';
    const stack = [
      `Error: ${message}`,
      '    at login (/app/node_modules/.pnpm/auth@1.2.0/node_modules/auth/token.js:10:5)',
      'Caused by: Error: Authorization: Bearer canary17 was refused',
      '-----BEGIN PRIVATE KEY-----',
      'canaryCanaryCanary',
      '-----END PRIVATE KEY-----',
      '    at send (/app/send.js:1:1)',
    ];
    const error = Object.assign(new Error(message), { stack: stack.join('\n') });
    const span = ended({ scope: 'app', record: failingWith(error, message) });
    expect(span.status.message).toBe('cannot log in [redacted] with password=[redacted]');
    expect(exceptionOf(span)).toEqual({
      'exception.type': 'Error',
      'exception.message': 'cannot log in [redacted] with password=[redacted]',
      'exception.stacktrace': [
        'Error: cannot log in [redacted] with password=[redacted]',
        stack[1],
        'Caused by: Error: Authorization: Bearer [redacted] was refused',
        '[redacted]',
        stack[6],
      ].join('\n'),
    });
  });

  it('redacts texts as it is told to', () => {
    const rules = [{ name: 'canary', pattern: /canary/g, replace: '#' }];
    const redactor = new TextRedactor({ rules });
    const redact = createSpanRedactor({ instrumentationNames: [], textRedactor: () => redactor });
    const error = Object.assign(new Error('a canary sings'), { stack: 'Error: a canary sings\n    at bird.js:1:1' });
    const span = ended({ scope: 'app', record: failingWith(error, error.message), redact });
    expect(span.status.message).toBe('a # sings');
    expect(exceptionOf(span)?.['exception.stacktrace']).toBe('Error: a # sings\n    at bird.js:1:1');
  });

  it('keeps what a Redis client says of its connection, and takes an error without a place for an answer', () => {
    const closed = Object.assign(new Error('The client is closed'), {
      stack: 'Error: The client is closed\n    at a.js:1:1',
    });
    expect(ended({ scope: REDIS, record: failingWith(closed, closed.message) }).status.message).toBe(
      'The client is closed',
    );
    const answer = (span: ApiSpan): unknown => span.setStatus({ code: SpanStatusCode.ERROR, message: 'canary' });
    expect(ended({ scope: REDIS, record: (span) => void answer(span) }).status.message).toBe('Redis error (redacted)');
  });

  it('leaves other events and a status without a message alone', () => {
    const span = ended({
      scope: 'app',
      record: (recording) => {
        recording.addEvent('exception');
        recording.addEvent('paid', { 'exception.message': 'mine' });
        recording.setStatus({ code: SpanStatusCode.ERROR });
      },
    });
    expect(span.events.map(({ name, attributes }) => ({ name, attributes }))).toEqual([
      { name: 'exception', attributes: undefined },
      { name: 'paid', attributes: { 'exception.message': 'mine' } },
    ]);
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR });
  });
});

describe('RedactingSpanProcessor', () => {
  it('hands everything on to the processor that it stands for', async () => {
    const processor = new RedactingSpanProcessor({ processor: inner, redact: redactorOfAll, onError: () => undefined });
    ended({ scope: 'app' });
    await processor.forceFlush();
    await processor.shutdown();
    expect(inner.calls).toEqual(['onStart', 'onEnding', 'onEnd', 'forceFlush', 'shutdown']);
  });

  it('keeps no value and no event of a span whose redaction fails, tells of it, and lets the application be', () => {
    const redact = (): void => {
      throw new Error('broken');
    };
    const record = failingWith(new Error('canary'), 'canary');
    const span = ended({ scope: HTTP, attributes: { 'url.full': 'canary', size: 5 }, record, redact });
    expect({ attributes: span.attributes, events: span.events, status: span.status }).toEqual({
      attributes: { 'url.full': '?', size: '?' },
      events: [],
      status: { code: SpanStatusCode.ERROR, message: '?' },
    });
    expect(errors).toEqual([new Error('broken')]);
  });
});
