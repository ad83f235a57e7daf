import { describe, expect, test } from 'vitest';
import { ErrorClassifier } from '../../../../../runtime/src/errors/classification/errorClassifier.ts';
import type { ErrorCategory } from '../../../../../runtime/src/errors/errorCategory.ts';
import type { ErrorFacts } from '../../../../../runtime/src/errors/errorFacts.ts';
import { capturedOf, errorFacts, NODE_FRAME, packageFrame } from './captured.ts';

const classifier = new ErrorClassifier();

function answer(error: Partial<ErrorFacts>): { category: ErrorCategory; rule: string } {
  return classifier.classify(capturedOf(error));
}

describe('PostgreSQL', () => {
  test.each([
    ['23505', 'database'],
    ['40001', 'database'],
    ['42501', 'database'],
    ['57P01', 'database'],
    ['P0001', 'database'],
    ['XX000', 'database'],
    ['0A000', 'database'],
    ['28P01', 'authentication'],
    ['28000', 'authentication'],
  ])('SQLSTATE %s is %s', (code, category) => {
    const error = { type: 'error', classes: ['DatabaseError', 'Error'], code, properties: { severity: 'ERROR' } };
    expect(answer(error)).toEqual({ category, rule: 'database.sqlState' });
  });

  test('an error without the class is told by the fields that only PostgreSQL has', () => {
    expect(answer({ code: '23505', properties: { routine: '_bt_check_unique' } }).rule).toBe('database.sqlState');
  });

  test('a code that looks like a SQLSTATE counts less than what a cause tells', () => {
    const cause = errorFacts({ code: 'ECONNRESET' });
    expect(answer({ code: '23505' })).toEqual({ category: 'database', rule: 'database.bareSqlState' });
    expect(answer({ code: '23505', causes: [cause] }).category).toBe('network');
  });

  test.each(['EPERM', 'ELOOP', '99999', '2350', '235055', 'ABCDE', '23 05'])('%s is no SQLSTATE', (code) => {
    expect(answer({ code, properties: { severity: 'high' } }).rule).not.toBe('database.sqlState');
  });
});

describe('Redis', () => {
  test.each([
    ['WRONGTYPE Operation against a key holding the wrong kind of value', 'database'],
    ["NOPERM User app has no permissions to run the 'get' command", 'database'],
    ['ERR value is not an integer or out of range', 'database'],
    ['OOM', 'database'],
    ['NOAUTH Authentication required.', 'authentication'],
    ['WRONGPASS invalid username-password pair or user is disabled.', 'authentication'],
    ['ERR AUTH <password> called without any password configured', 'authentication'],
    ['ERR invalid password', 'authentication'],
  ])('%s is %s', (message, category) => {
    for (const type of ['ReplyError', 'SimpleError']) {
      expect(answer({ type, message })).toEqual({ category, rule: 'redis.reply' });
    }
  });

  test("a text that begins like a reply is none where the error is not one of Redis' clients", () => {
    expect(answer({ message: 'NOAUTH at the door' })).toEqual({ category: 'unknown', rule: 'none' });
  });

  test.each(['MaxRetriesPerRequestError', 'ClientClosedError', 'SocketClosedUnexpectedlyError'])(
    '%s is known by its class',
    (type) => {
      expect(answer({ type })).toEqual({ category: 'database', rule: 'class.known' });
    },
  );
});

describe('other databases', () => {
  test.each([
    ['ER_DUP_ENTRY', 'database'],
    ['ER_ACCESS_DENIED_ERROR', 'authentication'],
    ['SQLITE_BUSY', 'database'],
    ['ERR_SQLITE_ERROR', 'database'],
    ['ORA-00001', 'database'],
    ['ORA-01017', 'authentication'],
    ['P2002', 'database'],
    ['P1000', 'authentication'],
    ['PROTOCOL_CONNECTION_LOST', 'database'],
  ])('%s is %s', (code, category) => {
    expect(answer({ code })).toEqual({ category, rule: 'database.code' });
  });
});

describe('a database that is not reached', () => {
  const refused: Partial<ErrorFacts> = {
    code: 'ECONNREFUSED',
    properties: { syscall: 'connect', address: '10.0.0.7', port: 41_733 },
    frames: [NODE_FRAME],
  };
  const unreachable = { category: 'database', rule: 'database.unreachable' };

  test('is the network where nothing tells what was called', () => {
    expect(answer(refused)).toEqual({ category: 'network', rule: 'system.syscall' });
  });

  test.each([
    'pg-pool/index.js',
    '@redis/client/dist/lib/client/socket.js',
    '.pnpm/pg@8/node_modules/pg/lib/client.js',
  ])('is known by a call in %s', (path) => {
    expect(answer({ ...refused, frames: [NODE_FRAME, packageFrame(path)] })).toEqual(unreachable);
  });

  test('is known by a call on Windows', () => {
    const frame = { ...NODE_FRAME, file: 'C:\\app\\node_modules\\@redis\\client\\dist\\index.js' };
    expect(answer({ ...refused, frames: [frame] })).toEqual(unreachable);
  });

  test('is known by the port', () => {
    expect(answer({ ...refused, properties: { syscall: 'connect', port: 5432 } })).toEqual(unreachable);
  });

  test('is known by the class of what wraps it', () => {
    expect(answer({ type: 'MongoNetworkError', causes: [errorFacts(refused)] })).toEqual(unreachable);
  });

  test('is known by the attributes of the span', () => {
    const context = { 'db.system.name': 'postgresql' };
    expect(classifier.classify(capturedOf(refused, { source: 'span', context }))).toEqual(unreachable);
  });

  test('does not make a defect the database’s', () => {
    const error = { type: 'TypeError', message: "Cannot read properties of undefined (reading 'rows')" };
    expect(answer({ ...error, frames: [packageFrame('pg/lib/client.js')] }).category).toBe('system');
  });
});
