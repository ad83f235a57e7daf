import { describe, expect, it } from 'vitest';
import { TextRedactor } from '../../../../../runtime/src/core/textRedactor.ts';
import { describeThrown } from '../../../../../runtime/src/tracing/lifecycle/describeThrown.ts';

const redactor = new TextRedactor();
const described = (thrown: unknown) => describeThrown(thrown, redactor);

/** An error as a library makes it. */
function thrownBy({ name, message, code, frame }: { name: string; message: string; code?: string; frame: string }) {
  const error = new Error(message);
  error.name = name;
  error.stack = `${name}: ${message}\n    at ${frame}`;
  return Object.assign(error, code === undefined ? {} : { code });
}

describe('what is recorded of a crash', () => {
  it("is without what the application's own rules find, in the names of a database's tables too", () => {
    const own = new TextRedactor({ rules: [{ name: 'customer', pattern: /customer_\d+/g }] });
    const message = 'relation "customer_17" does not exist';
    const at = (name: string) => `Parser.parseErrorMessage (/${name}/node_modules/pg-protocol/dist/parser.js:285:98)`;
    const frame = at('customer_17');
    expect(describeThrown(thrownBy({ name: 'error', message, code: '42P01', frame }), own)).toEqual({
      type: 'error',
      message: 'relation "[redacted]" does not exist',
      stacktrace: `error: relation "[redacted]" does not exist\n    at ${at('[redacted]')}`,
    });
    expect(describeThrown('customer_17 of ada@shop.example', own).message).toBe('[redacted] of [redacted]');
  });

  it('is without the value that PostgreSQL quotes, and says what its code means', () => {
    const message = 'invalid input syntax for type integer: "4111 1111 1111 1111"';
    const frame = 'Parser.parseErrorMessage (/app/node_modules/pg-protocol/dist/parser.js:285:98)';
    expect(described(thrownBy({ name: 'error', message, code: '22P02', frame }))).toEqual({
      type: 'error',
      message: 'invalid_text_representation (22P02)',
      stacktrace: `error: invalid_text_representation (22P02)\n    at ${frame}`,
    });
  });

  it('is without the command that Redis quotes', () => {
    const message = "ERR unknown command 'SECRET', with args beginning with: 'token'";
    const frame = 'parseError (/app/node_modules/redis-parser/lib/parser.js:179:12)';
    expect(described(thrownBy({ name: 'ReplyError', message, frame }))).toEqual({
      type: 'ReplyError',
      message: 'ERR (redacted)',
      stacktrace: `ReplyError: ERR (redacted)\n    at ${frame}`,
    });
  });

  it("is without secrets and personal data, whoever's words they are in", () => {
    const frame = 'login (/app/token.js:1:1)';
    expect(described(thrownBy({ name: 'Error', message: 'no ada@shop.example, token=abc', frame }))).toEqual({
      type: 'Error',
      message: 'no [redacted], token=[redacted]',
      stacktrace: `Error: no [redacted], token=[redacted]\n    at ${frame}`,
    });
  });

  it('is without the credentials and values of URLs, thrown as an error or as a text', () => {
    const message = 'cannot reach https://user:secret@host/path?token=secret';
    const redacted = 'cannot reach https://host/path?token=?';
    const frame = 'get (/app/index.js:1:1)';
    expect(described(thrownBy({ name: 'Error', message, code: 'E2BIG', frame }))).toEqual({
      type: 'Error',
      message: redacted,
      stacktrace: `Error: ${redacted}\n    at ${frame}`,
    });
    expect(described(message)).toEqual({ type: 'string', message: redacted, stacktrace: '' });
  });

  it('is cut in the message and in the stack trace alike, so that a long message hides no value in it', () => {
    const message = `syntax error at or near "${'secret'.repeat(10_000)}"`;
    const frame = 'Parser.parseErrorMessage (/app/node_modules/pg-protocol/dist/parser.js:285:98)';
    expect(described(thrownBy({ name: 'error', message, code: '42601', frame })).stacktrace).toBe(
      `error: syntax_error (42601)\n    at ${frame}`,
    );
  });

  it('is what can be read of an error whose properties throw', () => {
    const broken = (): never => {
      throw new Error('not yours');
    };
    const error = Object.defineProperties(new Error('x'), {
      message: { get: broken },
      stack: { get: broken },
      code: { get: broken },
    });
    expect(described(error)).toEqual({ type: 'Error', message: 'cannot be read', stacktrace: 'cannot be read' });
  });
});
