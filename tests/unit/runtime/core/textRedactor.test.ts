import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../runtime/src/core/configurationError.ts';
import { DEFAULT_TEXT_RULES, TextRedactor, type TextRule } from '../../../../runtime/src/core/textRedactor.ts';
import { INNOCENTS } from '../../../fixtures/leaks/innocents.ts';
import { LEAKS } from '../../../fixtures/leaks/leaks.ts';

const redactor = new TextRedactor();

/** Parts of a secret that would tell it: all that are this long. */
const TELLING_LENGTH = 6;

function tellingPartsOf(secret: string): string[] {
  if (secret.length <= TELLING_LENGTH) return [secret];
  return Array.from({ length: secret.length - TELLING_LENGTH + 1 }, (_, at) => secret.slice(at, at + TELLING_LENGTH));
}

describe('the corpus of leaks', () => {
  it('has 120 leaks and 60 innocent texts at the least, each once', () => {
    expect(new Set(LEAKS.map(({ text }) => text)).size).toBe(LEAKS.length);
    expect(new Set(INNOCENTS).size).toBe(INNOCENTS.length);
    expect(LEAKS.length).toBeGreaterThanOrEqual(120);
    expect(INNOCENTS.length).toBeGreaterThanOrEqual(60);
    expect(LEAKS.filter(({ secrets }) => secrets.length === 0)).toEqual([]);
  });

  it.each(LEAKS)('gets nothing through, and keeps what is around it: $from', ({ text, redacted, secrets }) => {
    const left = redactor.redact(text);
    expect(left).toBe(redacted);
    const around = redacted.replaceAll('[redacted]', ' ');
    const telling = secrets.flatMap(tellingPartsOf).filter((part) => !around.includes(part));
    expect(telling.filter((part) => left.includes(part))).toEqual([]);
  });

  it.each(LEAKS)('stays as it is when it is redacted again: $from', ({ redacted }) => {
    expect(redactor.redact(redacted)).toBe(redacted);
  });

  it.each(INNOCENTS)('leaves alone: %s', (text) => {
    expect(redactor.redact(text)).toBe(text);
  });

  it.each(LEAKS)('is found behind and before other lines, in a log and in JSON: $from', ({ text, redacted }) => {
    const before = '2026-11-28T12:40:12.345Z ERROR order 17 failed\n';
    const after = '\n    at Order.total (/app/dist/order.js:10:20)';
    expect(redactor.redact(before + text)).toBe(before + redacted);
    // A key that was cut takes what follows for more of it.
    if (!redacted.endsWith('[redacted]')) expect(redactor.redact(text + after)).toBe(redacted + after);
  });

  it('needs every rule: without it, some leak of its own gets through', () => {
    const idle = DEFAULT_TEXT_RULES.filter(({ name }) => {
      const lacking = new TextRedactor({ without: [name] });
      return LEAKS.every(({ text, redacted }) => lacking.redact(text) === redacted);
    });
    expect(idle.map(({ name }) => name)).toEqual([]);
  });
});

describe('TextRedactor', () => {
  it('returns a text without anything to hide as the very same', () => {
    expect(redactor.redact('')).toBe('');
    expect(redactor.redact('cannot store the order 17: it is paid')).toBe('cannot store the order 17: it is paid');
  });

  it.each(['password', 'clientSecret', 'x-api-key', 'API_KEY', 'sessionId', 'cvv', 'jwt', 'accountKey'])(
    'takes out whatever stands under the key %s, however it is written',
    (key) => {
      const secret = fc
        .stringMatching(/^[a-z0-9!#%^*_+~-]{1,20}$/)
        // Words, numbers, durations, placeholders and what is cut off are let stand.
        .filter((text) => !/^(?:[*?]+|x{3,}|\d+|[a-z]+!?|\d+(?:ms|[smhd])|%s|.*-)$/.test(text));
      fc.assert(
        fc.property(secret, (value) => {
          for (const form of [
            '$k=$v',
            '$k: $v',
            '"$k":"$v"',
            "{ '$k': '$v' }",
            '?a=b&$k=$v&c=d',
            '--$k=$v x',
            ':$k=>"$v"',
          ])
            expect(redactor.redact(form.replace('$k', () => key).replace('$v', () => value))).toBe(
              form.replace('$k', () => key).replace('$v', () => '[redacted]'),
            );
        }),
        { numRuns: 50 },
      );
    },
  );

  it('takes every text, whatever it is made of', () => {
    const pieces = fc.constantFrom(
      ...LEAKS.flatMap(({ text }) => text.split(/(?<=[=:@ "'])/)),
      '__proto__',
      '\ud83d',
      '\u0000é',
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(redactor.redact(text).length).toBeLessThanOrEqual(10 * text.length);
      }),
    );
  });

  it('finds a token of letters alone, wherever it stands', () => {
    for (let at = 0; at < 40; at += 1)
      for (const before of ['x'.repeat(at) + ' ', ' '.repeat(at)])
        expect(redactor.redact(`${before}AKIAIOSFODNNQEXAMPLE is gone`)).toBe(`${before}[redacted] is gone`);
  });

  it('finds one leak behind another', () => {
    const whole = LEAKS.filter(({ redacted }) => !/BEGIN|cut|\[redacted\]$/.test(redacted));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...whole), { minLength: 2, maxLength: 5 }), (leaks) => {
        expect(redactor.redact(leaks.map(({ text }) => text).join('\n'))).toBe(
          leaks.map(({ redacted }) => redacted).join('\n'),
        );
      }),
    );
  });

  it('reads no more than its limit, and leaves out the word that the limit cuts in two', () => {
    const small = new TextRedactor({ maxLength: 256 });
    const text = `${'words and '.repeat(25)}4111111111111111`;
    expect(text.length).toBe(266);
    expect(small.redact(text)).toBe(`${'words and '.repeat(25)}…`);
    expect(small.redact('x'.repeat(256))).toBe('x'.repeat(256));
    expect(redactor.redact('x '.repeat(5_000_000))).toBe(`${'x '.repeat(8192)}…`);
  });

  it('reads up to the limit where a text is one word of data', () => {
    expect(new TextRedactor({ maxLength: 1000 }).redact('x'.repeat(2000))).toBe(`${'x'.repeat(488)}…`);
  });

  it('leaves out rules of the runtime that are not wanted', () => {
    const lacking = new TextRedactor({ without: ['email'] });
    expect(lacking.redact('ada@example.com has 4111111111111111')).toBe('ada@example.com has [redacted]');
  });
});

describe("rules of the application's own", () => {
  const customers: TextRule = { name: 'customer', pattern: /\bC-\d{4}\b/g };

  it('are tried after those of the runtime', () => {
    const own = new TextRedactor({
      rules: [customers, { name: 'left', pattern: /\[redacted\]/g, replace: '<gone>' }],
    });
    expect(own.redact('C-1234 is ada@example.com')).toBe('<gone> is <gone>');
  });

  it('are tried alone on what the application itself records', () => {
    const own = new TextRedactor({ rules: [customers], maxLength: 256 });
    expect(own.redactByOwnRules('C-1234 is ada@example.com')).toBe('[redacted] is ada@example.com');
    expect(own.redactByOwnRules(`C-1234 ${'x'.repeat(500)}`)).toBe('[redacted] …');
    expect([own.hasOwnRules, redactor.hasOwnRules]).toEqual([true, false]);
    expect(redactor.redactByOwnRules('x'.repeat(20_000))).toHaveLength(20_000);
  });

  it('replace by a text with groups, or by a function of what was found and its groups', () => {
    const own = new TextRedactor({
      rules: [
        { name: 'text', pattern: /(order )\d+/g, replace: '$1#' },
        { name: 'function', pattern: /(user) (\w+)(!)?/g, replace: (...given) => JSON.stringify(given) },
      ],
    });
    expect(own.redact('order 17 of user ada')).toBe('order # of ["user ada","user","ada",null]');
  });

  it('are copied: nobody changes them later, and their place in a text is theirs', () => {
    const pattern = /secret-\d/g;
    pattern.lastIndex = 5;
    const own = new TextRedactor({ rules: [{ name: 'own', pattern }] });
    pattern[Symbol.replace] = () => 'hijacked';
    expect(own.redact('secret-1 secret-2')).toBe('[redacted] [redacted]');
    expect(own.redact('secret-1 secret-2')).toBe('[redacted] [redacted]');
  });

  it.each([
    [
      'throws',
      (): string => {
        throw new Error('broken');
      },
      new Error('broken'),
    ],
    [
      'returns a promise',
      (): string => Promise.reject(new Error('later')) as never,
      new TypeError('it returns a promise; it has to answer at once'),
    ],
    ['returns no text', (): string => JSON.parse('17') as string, new TypeError('replace did not return a text')],
  ])('keep nothing of a text, and tell of it, where one %s', (_what, replace, cause) => {
    const told: Error[] = [];
    const own = new TextRedactor({
      rules: [{ name: 'own', pattern: /order/g, replace }],
      onError: (error) => {
        told.push(error);
        throw new Error('a handler that fails');
      },
    });
    expect(own.redact('an order')).toBe('[redacted]');
    expect(own.redact('nothing')).toBe('nothing');
    expect(told).toEqual([new Error('the text rule own failed', { cause })]);
    expect(told[0]?.cause).toEqual(cause);
  });

  it.each([
    ['no name', { name: '', pattern: /a/g }],
    ['no pattern', { name: 'a', pattern: 'a' }],
    ['a pattern that finds one', { name: 'a', pattern: /a/ }],
    ['a sticky pattern', { name: 'a', pattern: /a/gy }],
    ['a pattern that matches nothing at all', { name: 'a', pattern: /a*/g }],
    ['a pattern that repeats a repetition', { name: 'a', pattern: /(\w+\s?)+$/g }],
    ['a replacement that repeats the text', { name: 'a', pattern: /a/g, replace: "$'" }],
    ['a replacement that is no text', { name: 'a', pattern: /a/g, replace: 1 }],
    ['no rule', null],
  ])('are refused with %s', (_what, rule) => {
    expect(() => new TextRedactor({ rules: [rule as TextRule] })).toThrow(ConfigurationError);
  });

  it('are refused with names that come twice, and so are rules that there are not, and limits out of range', () => {
    expect(() => new TextRedactor({ rules: [customers, customers] })).toThrow(
      /^The text redaction configuration has 1 problem/,
    );
    expect(() => new TextRedactor({ without: ['e-mail'] })).toThrow('allowed: a list of private-key, ');
    expect(() => new TextRedactor({ maxLength: 255 })).toThrow('a whole number from 256 to 1048576');
  });
});
