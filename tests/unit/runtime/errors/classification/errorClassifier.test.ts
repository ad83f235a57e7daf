import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ErrorClassifier } from '../../../../../runtime/src/errors/classification/errorClassifier.ts';
import { CAPTURE_SOURCES } from '../../../../../runtime/src/errors/capturedError.ts';
import { ERROR_CATEGORIES } from '../../../../../runtime/src/errors/errorCategory.ts';
import type { ErrorFacts } from '../../../../../runtime/src/errors/errorFacts.ts';
import { APPLICATION_FRAME, capturedOf, errorFacts, packageFrame } from './captured.ts';

const classifier = new ErrorClassifier();

function categoryOf(error: Partial<ErrorFacts>): string {
  return classifier.classify(capturedOf(error)).category;
}

const refused = errorFacts({ code: 'ECONNREFUSED', properties: { syscall: 'connect' } });
const duplicate = errorFacts({ classes: ['DatabaseError', 'Error'], code: '23505' });
const expired = errorFacts({ type: 'JWTExpired', code: 'ERR_JWT_EXPIRED' });
const boom = errorFacts({ message: 'boom' });
const wrapper = errorFacts({ type: 'CheckoutError', frames: [APPLICATION_FRAME] });

describe('causes', () => {
  test('the innermost that tells decides', () => {
    expect(categoryOf({ ...duplicate, causes: [expired] })).toBe('authentication');
    expect(categoryOf({ ...wrapper, causes: [expired, duplicate] })).toBe('database');
    expect(categoryOf({ ...wrapper, causes: [duplicate, expired, boom] })).toBe('authentication');
  });

  test('a wrapper of the application is about its rules only where nothing inside tells otherwise', () => {
    expect(categoryOf(wrapper)).toBe('business_logic');
    expect(categoryOf({ ...wrapper, causes: [boom] })).toBe('business_logic');
    expect(categoryOf({ ...wrapper, causes: [duplicate] })).toBe('database');
    expect(
      categoryOf({ ...wrapper, causes: [errorFacts({ type: 'TypeError', message: 'x is not a function' })] }),
    ).toBe('system');
  });

  test('a text that is no JSON tells less than the wrapper’s name and status', () => {
    const cause = errorFacts({ type: 'SyntaxError', message: 'Unexpected end of JSON input' });
    expect(categoryOf({ ...wrapper, causes: [cause] })).toBe('validation');
    expect(categoryOf({ ...wrapper, type: 'PaymentGatewayError', causes: [cause] })).toBe('external_service');
    expect(categoryOf({ ...wrapper, status: 403, causes: [cause] })).toBe('authentication');
  });

  test('the network on the way to what a repository keeps is the database’s', () => {
    const repository = { type: 'OrderRepositoryError', frames: [APPLICATION_FRAME] };
    expect(categoryOf({ ...repository, causes: [refused] })).toBe('database');
    expect(categoryOf({ ...wrapper, causes: [refused] })).toBe('network');
  });
});

describe('aggregated errors', () => {
  test('the first that tells decides, before the aggregate itself', () => {
    const aggregate = { type: 'AggregateError', message: 'All promises were rejected' };
    expect(categoryOf({ ...aggregate, errors: [boom, expired, duplicate] })).toBe('authentication');
    expect(categoryOf({ ...aggregate, errors: [errorFacts({ ...boom, causes: [duplicate] }), refused] })).toBe(
      'database',
    );
    expect(categoryOf({ ...aggregate, errors: [boom] })).toBe('unknown');
  });

  test('refused at each address of a database’s host is the database’s', () => {
    const frames = [packageFrame('pg-pool/index.js')];
    expect(categoryOf({ type: 'AggregateError', code: 'ECONNREFUSED', frames, errors: [refused, refused] })).toBe(
      'database',
    );
  });
});

describe('whatever it is given', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      '\uD800',
      '',
      'a\nb',
      'ECONNREFUSED',
      '28P01',
      '14',
      'ERR_',
    ),
    fc.constantFrom('TypeError', 'ReplyError', 'HttpError', 'SyntaxError', 'AxiosError', 'Error', 'DatabaseError'),
  );
  const property = fc.oneof(text, fc.double(), fc.boolean());
  const frame = fc.record(
    {
      file: fc.oneof(
        text,
        text.map((name) => `node_modules/${name}`),
        fc.constant('node:net'),
      ),
      isAsync: fc.boolean(),
      isInApplication: fc.boolean(),
    },
    { requiredKeys: ['isAsync', 'isInApplication'] },
  );
  const names = fc.constantFrom('syscall', 'error', 'type', 'details', 'port', 'expose', 'url', 'cmd', '__proto__');
  const factsWithin = (within: fc.Arbitrary<readonly ErrorFacts[]>): fc.Arbitrary<ErrorFacts> =>
    fc.record(
      {
        type: text,
        classes: fc.array(text, { maxLength: 4 }),
        message: text,
        code: text,
        status: fc.oneof(fc.integer({ min: 100, max: 599 }), fc.double()),
        properties: fc.dictionary(fc.oneof(names, text), property, { maxKeys: 5 }),
        frames: fc.array(frame, { maxLength: 4 }),
        causes: within,
        errors: within,
        leftOut: fc.nat(),
      },
      { requiredKeys: ['type', 'classes', 'message', 'properties', 'frames', 'causes', 'errors', 'leftOut'] },
    );
  const innermost = factsWithin(fc.constant([]));
  const facts = factsWithin(fc.array(factsWithin(fc.array(innermost, { maxLength: 2 })), { maxLength: 2 }));

  test('it answers with a category, the same each time, and never throws', () => {
    const captured = fc.record({
      error: facts,
      source: fc.constantFrom(...CAPTURE_SOURCES),
      isHandled: fc.boolean(),
      request: fc.record({ status: fc.integer() }, { requiredKeys: [] }),
      context: fc.dictionary(text, property, { maxKeys: 3 }),
    });
    fc.assert(
      fc.property(captured, (each) => {
        const { category, rule } = classifier.classify(each);
        expect(ERROR_CATEGORIES).toContain(category);
        expect(rule).not.toBe('');
        expect(new ErrorClassifier().classify(each)).toEqual({ category, rule });
      }),
      { numRuns: 300 },
    );
  });

  test('errors within errors without end are looked at as far as 32 of them', () => {
    let asked = 0;
    const looped: { -readonly [Name in keyof ErrorFacts]: ErrorFacts[Name] } = { ...errorFacts() };
    looped.causes = [looped, looped];
    looped.errors = [looped, looped];
    const counting = { name: 'counting', category: 'system' as const, matches: () => (asked += 1) < 0 };
    expect(new ErrorClassifier({ rules: [counting] }).classify(capturedOf(looped)).category).toBe('unknown');
    expect(asked).toBe(32);
  });

  test('an answer does not change', () => {
    expect(Object.isFrozen(classifier.classify(capturedOf({})))).toBe(true);
    expect(Object.isFrozen(classifier.classify(capturedOf(refused)))).toBe(true);
  });
});
