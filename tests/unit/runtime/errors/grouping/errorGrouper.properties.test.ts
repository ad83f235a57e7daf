import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ErrorFacts, StackFrame } from '../../../../../runtime/src/errors/errorFacts.ts';
import { ErrorGrouper } from '../../../../../runtime/src/errors/grouping/errorGrouper.ts';
import { messageTemplate } from '../../../../../runtime/src/errors/grouping/messageTemplate.ts';
import { errorFacts } from './support/errorFixture.ts';

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        "'",
        '`',
        '{',
        '[',
        '(',
        ')',
        ' ',
        '=',
        '://',
        '@',
        '*',
        '1',
        'a',
        'Fri ',
        'Received ',
        '\n',
        ':',
      ),
      { maxLength: 200 },
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('__proto__', 'constructor', '\ud800', '{{default}}', '\u0000'),
);

const anyFrame: fc.Arbitrary<StackFrame> = fc.record(
  {
    functionName: hostileText,
    file: hostileText,
    line: fc.integer({ min: 1 }),
    column: fc.integer({ min: 1 }),
    isAsync: fc.boolean(),
    isInApplication: fc.boolean(),
  },
  { requiredKeys: ['isAsync', 'isInApplication'] },
);

const flatError: fc.Arbitrary<ErrorFacts> = fc
  .record({
    type: hostileText,
    message: hostileText,
    classes: fc.array(hostileText, { maxLength: 3 }),
    frames: fc.array(anyFrame, { maxLength: 6 }),
  })
  .map(errorFacts);

const anyError: fc.Arbitrary<ErrorFacts> = fc
  .record({
    error: flatError,
    causes: fc.array(flatError, { maxLength: 3 }),
    errors: fc.array(flatError, { maxLength: 2 }),
  })
  .map(({ error, causes, errors }) => ({ ...error, causes, errors }));

test('whatever the facts are there is one fingerprint, and each grouper finds it', () => {
  const warm = new ErrorGrouper();
  fc.assert(
    fc.property(anyError, fc.option(fc.array(hostileText, { maxLength: 20 }), { nil: undefined }), (error, custom) => {
      const found = warm.fingerprintOf(error, custom);
      expect(found.id).toMatch(/^[0-9a-f]{16}$/);
      expect(warm.fingerprintOf(error, custom)).toEqual(found);
      expect(new ErrorGrouper().fingerprintOf(structuredClone(error), custom)).toEqual(found);
    }),
  );
});

test('lines and columns do not count where lines are as people write them', () => {
  const line = fc.integer({ min: 4, max: 10_000 });
  const column = fc.integer({ min: 1, max: 200 });
  fc.assert(
    fc.property(
      anyError,
      fc.infiniteStream(fc.tuple(line, column)),
      fc.infiniteStream(fc.tuple(line, column)),
      (error, one, other) => {
        expect(new ErrorGrouper().fingerprintOf(placed(error, one)).id).toBe(
          new ErrorGrouper().fingerprintOf(placed(error, other)).id,
        );
      },
    ),
  );
});

function placed(error: ErrorFacts, places: Stream): ErrorFacts {
  const move = (each: ErrorFacts): ErrorFacts => ({
    ...each,
    frames: each.frames.map((frame) => {
      const [line, column] = places.next().value;
      return { ...frame, line, column };
    }),
  });
  return { ...move(error), causes: error.causes.map(move), errors: error.errors.map(move) };
}

type Stream = Iterator<[number, number], [number, number]>;

test('numbers in a sentence do not count', () => {
  const word = fc.constantFrom('order', 'has', 'no', 'items', 'of', 'user', 'failed');
  const number = fc.integer({ min: 0, max: 1e9 });
  fc.assert(
    fc.property(fc.array(fc.tuple(word, number, number), { minLength: 1, maxLength: 8 }), (parts) => {
      const one = parts.map(([text, value]) => `${text} #${value}`).join(' ');
      const other = parts.map(([text, , value]) => `${text} #${value}`).join(' ');
      expect(messageTemplate(one)).toBe(messageTemplate(other));
    }),
  );
});

test('a template is of bounded length and well-formed whatever the message is', () => {
  fc.assert(
    fc.property(hostileText, (message) => {
      const template = messageTemplate(message);
      expect(template.length).toBeLessThanOrEqual(256);
      expect(template.isWellFormed()).toBe(true);
    }),
  );
});
