import { describe, expect, test } from 'vitest';
import { ErrorClassifier } from '../../../../../runtime/src/errors/classification/errorClassifier.ts';
import type { ErrorFacts } from '../../../../../runtime/src/errors/errorFacts.ts';
import { APPLICATION_FRAME, capturedOf, errorFacts, NODE_FRAME, packageFrame } from './captured.ts';

const classifier = new ErrorClassifier();

function answer(error: Partial<ErrorFacts>): { category: string; rule: string } {
  return classifier.classify(capturedOf(error));
}

describe("the language's own errors", () => {
  test.each([
    ['TypeError', "Cannot read properties of undefined (reading 'id')", 'system', 'language.defect'],
    ['TypeError', 'order.total is not a function', 'system', 'language.defect'],
    ['TypeError', 'Assignment to constant variable.', 'system', 'language.defect'],
    ['ReferenceError', 'total is not defined', 'system', 'language.defect'],
    ['RangeError', 'Maximum call stack size exceeded', 'system', 'language.defect'],
    ['RangeError', 'Invalid array length', 'system', 'language.defect'],
    ['TypeError', 'an amount has to be positive', 'system', 'language.class'],
    ['TypeError', 'fetch failed', 'network', 'language.fetch'],
    ['SyntaxError', 'Unexpected end of JSON input', 'validation', 'language.json'],
    ['SyntaxError', "Expected property name or '}' in JSON at position 1", 'validation', 'language.json'],
    ['SyntaxError', 'Cannot convert 12x to a BigInt', 'validation', 'language.json'],
    [
      'SyntaxError',
      'Unexpected token \'<\', "<!DOCTYPE "... is not valid JSON',
      'external_service',
      'language.answerNotJson',
    ],
    ['SyntaxError', 'Invalid URL: //', 'validation', 'language.url'],
    ['SyntaxError', 'Invalid regular expression: /(/: Unterminated group', 'system', 'language.class'],
    ['URIError', 'URI malformed', 'validation', 'language.class'],
    ['DataCloneError', '() => {} could not be cloned.', 'system', 'language.class'],
    ['TimeoutError', 'The operation was aborted due to timeout', 'network', 'language.class'],
    ['AbortError', 'This operation was aborted', 'unknown', 'none'],
    ['Error', 'something went wrong', 'unknown', 'none'],
  ])('%s %j is %s', (type, message, category, rule) => {
    expect(answer({ type, message })).toEqual({ category, rule });
  });

  test('JSON that `fetch` read is the mistake of who sent it', () => {
    const frames = [
      { isAsync: false, isInApplication: false },
      { ...NODE_FRAME, file: 'node:internal/deps/undici/undici' },
    ];
    const error = { type: 'SyntaxError', message: 'Unexpected end of JSON input', frames };
    expect(answer(error)).toEqual({ category: 'external_service', rule: 'language.answerNotJson' });
  });

  test.each([
    ['unknown scheme', 'validation'],
    ['redirect count exceeded', 'external_service'],
    ['proxy authentication required', 'authentication'],
  ])('%j is %s where `fetch` says it, and else unknown', (message, category) => {
    const frames = [{ ...NODE_FRAME, file: 'node:internal/deps/undici/undici' }];
    const cause = errorFacts({ message, frames });
    expect(answer({ type: 'TypeError', message: 'fetch failed', causes: [cause] })).toEqual({
      category,
      rule: 'language.fetch',
    });
    expect(answer({ message }).category).toBe('unknown');
  });

  test('a class of the application’s that inherits from one is not taken for it', () => {
    const error = { type: 'MoneyError', classes: ['MoneyError', 'TypeError', 'Error'] };
    expect(answer(error)).toEqual({ category: 'business_logic', rule: 'business.ownClass' });
  });

  test.each(['string', 'undefined', 'Insufficient', 'TypeError'])(
    'a thrown %s that is no object is unknown',
    (type) => {
      expect(answer({ type, classes: [] }).category).toBe(type === 'TypeError' ? 'system' : 'unknown');
    },
  );
});

describe('a message that has lost its code', () => {
  test.each([
    ['connect ECONNREFUSED 10.0.0.7:80', 'network'],
    ['getaddrinfo ENOTFOUND payments', 'network'],
    ["ENOENT: no such file or directory, open '/etc/x'", 'system'],
    ['EVERYTHING: is broken', 'unknown'],
    ['the ECONNREFUSED', 'network'],
    ['so ENOENT', 'system'],
  ])('%j is %s', (message, category) => {
    expect(answer({ message }).category).toBe(category);
  });
});

describe('the package that threw', () => {
  test.each([
    ['pg-pool/index.js', 'database'],
    ['@redis/client/dist/lib/client/index.js', 'database'],
    ['jose/dist/webapi/jwt/verify.js', 'authentication'],
    ['fast-xml-parser/src/fxp.js', 'validation'],
    ['@aws-sdk/client-s3/index.js', 'external_service'],
    ['ws/lib/websocket.js', 'network'],
    ['ajv/dist/core.js', 'system'],
  ])('%s is %s', (path, category) => {
    expect(answer({ frames: [NODE_FRAME, packageFrame(path), APPLICATION_FRAME] })).toEqual({
      category,
      rule: 'package.origin',
    });
  });

  test('a path from the working directory is known, too', () => {
    const frame = { ...packageFrame(''), file: 'node_modules/pg/lib/client.js' };
    expect(answer({ frames: [frame] }).category).toBe('database');
  });

  test('a package that only called the application did not throw', () => {
    expect(answer({ frames: [APPLICATION_FRAME, packageFrame('pg/lib/client.js')] }).category).toBe('unknown');
  });

  test('a TypeError out of a database’s client is a wrong use of it, out of a reader of texts what it read', () => {
    const error = { type: 'TypeError', message: 'no query given' };
    expect(answer({ ...error, frames: [packageFrame('pg/lib/client.js')] }).category).toBe('system');
    expect(answer({ ...error, frames: [packageFrame('semver/classes/semver.js')] }).category).toBe('validation');
  });

  test('a call that somebody gave up is no failure of the network', () => {
    const frames = [packageFrame('undici/lib/api/abort-signal.js')];
    expect(answer({ type: 'AbortError', message: 'Request aborted', frames }).category).toBe('unknown');
  });

  test('a class that an unknown package made is not the application’s', () => {
    expect(answer({ type: 'PuzzleError', frames: [packageFrame('puzzle/index.js')] }).category).toBe('unknown');
  });
});

describe('words in names', () => {
  test.each([
    ['LoginFailedError', 'authentication'],
    ['SessionExpiredError', 'authentication'],
    ['NotAuthorizedError', 'authentication'],
    ['AuthorNotFoundError', 'business_logic'],
    ['OrderRepositoryError', 'database'],
    ['PaymentGatewayError', 'external_service'],
    ['RequestTimeout', 'network'],
    ['InvalidEmailError', 'validation'],
    ['InvalidStateTransitionError', 'business_logic'],
    ['InsufficientStockError', 'business_logic'],
    ['CouponExpiredError', 'business_logic'],
  ])('%s is %s', (type, category) => {
    expect(answer({ type, frames: [APPLICATION_FRAME] }).category).toBe(category);
  });

  test.each([
    ['INVALID_EMAIL', 'validation'],
    ['TOKEN_EXPIRED', 'authentication'],
    ['INSUFFICIENT_STOCK', 'business_logic'],
    ['E_STEP', 'unknown'],
    ['STEP', 'unknown'],
    ['ERR_STEP', 'unknown'],
  ])('the code %s of a plain error is %s', (code, category) => {
    expect(answer({ code, frames: [APPLICATION_FRAME] }).category).toBe(category);
  });
});

test('what Node says of a call that somebody gave up is no code of the application’s', () => {
  expect(answer({ type: 'AbortError', code: 'ABORT_ERR', frames: [NODE_FRAME] }).category).toBe('unknown');
});

describe('what was known where the error happened', () => {
  test.each([
    ['db.system.name', 'database', 'context.database'],
    ['db.statement', 'database', 'context.database'],
    ['peer.service', 'external_service', 'context.call'],
    ['order.id', 'unknown', 'none'],
  ])('%s tells %s', (attribute, category, rule) => {
    const captured = capturedOf({}, { source: 'span', context: { [attribute]: 'x' } });
    expect(classifier.classify(captured)).toEqual({ category, rule });
  });
});
