import { describe, expect, it } from 'vitest';
import { TextRedactor } from '../../../../runtime/src/core/textRedactor.ts';
import { LEAKS } from '../../../fixtures/leaks/leaks.ts';

const LENGTH = 65_536;

/** What rules begin with, go on with and break off at, each over and over; alone and after another. */
const PARTS = [
  ...['a', '1', '-', '=', ':', '@', '.', '/', '"', "'", '`', '\\', '[', '{', '<', '(', ' ', '\n', '+', '%40', '$', 'é'],
  ...[
    'a-',
    'a.',
    'a@',
    'a@a.',
    'a:',
    'a=',
    'token=',
    'token: ',
    '"token":',
    'token="',
    'token=[',
    'token=\\"',
    'token=a&',
  ],
  ...[
    'token= ',
    'token=(',
    'tokens=1 ',
    'authorization: ',
    'authorization: a b=',
    'authorization: "',
    'cookie: a=b; ',
    'Cookie=a=b, c=',
  ],
  ...[
    'bearer ',
    'basic ',
    '://',
    '://a:b/',
    '://a@',
    'a:@tcp(',
    'jdbc:oracle:thin:',
    'hooks.slack.com/services/',
    '?code=',
  ],
  ...[
    '-----BEGIN PRIVATE KEY-----\n',
    '-----BEGIN ',
    'kty "d":"',
    'Key (token)=(',
    'Failing row contains (',
    '<token>',
  ],
  ...[
    '<token ',
    'name="token"\n\n',
    'api key ',
    'password "',
    '--token ',
    'mysql ',
    'docker login ',
    'curl -u ',
    'sqlcmd -',
  ],
  ...[
    '1 1',
    '4111 ',
    '4111111111111111',
    'DE89',
    'DE89 3704 ',
    '123-45-',
    '+1 ',
    '(415) ',
    'eyJ',
    'SG.',
    'xoxb-',
    '8Q~',
  ],
  ...[
    '4{',
    '^',
    'cookie:',
    'eyJ-',
    'dsn=a=',
    'password%3D',
    "rawHeaders: ['x-key', '",
    '<input ',
    '<input name="token" value="',
  ],
  ...['secret:{', 'name:"token",value:"', 'card', '4111.', 'pass=1 test ', '%22', '%26'],
  ...[
    'value:"',
    'name:"token",',
    '}',
    '{value:1',
    'token:\n ',
    'token:\n - a\n',
    'token: |\n a',
    '%5B',
    '[]',
    'pin%5D=',
    'token=&quot;',
    '\\u0022',
    'token=[\n ',
  ],
  ...['$2b$10$', '$argon2id$', '{SSHA}', 'ada@example.', '[redacted]', "with args beginning with: '", 'identified by '],
];

/** Characters and the milliseconds that a text takes which has a square in it; others take a tenth of the last. */
const STEPS = [
  [LENGTH / 128, 0.07],
  [LENGTH / 16, 4],
  [LENGTH, 250],
] as const;

/** Processor time: the machine may be busy with something else. */
function millisOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function repeated(part: string, length: number): string {
  return part.repeat(Math.ceil(length / part.length)).slice(0, length);
}

describe('the time that TextRedactor takes', () => {
  const redactor = new TextRedactor({ maxLength: LENGTH });

  /**
   * Most texts have no square in them, and are done with at a hundredth of the length; what is slow there is tried again,
   * and longer.
   */
  function isSlow(textOf: (length: number) => string): boolean {
    return STEPS.every(([length, mostMillis]) => {
      const text = textOf(length);
      const isBelow = (): boolean => millisOf(() => redactor.redact(text)) < mostMillis;
      return !isBelow() && !isBelow() && !isBelow();
    });
  }

  // The slowest takes 40 ms for the whole on an idle core; with a square in it, it would be seconds.
  it.each(PARTS)('is in proportion to 64 KiB of %j', (part) => {
    const texts = [
      (length: number) => repeated(part, length),
      (length: number) => `@:=-$<("'+1234567890 ${'a'.repeat(16)} ${repeated(part, length - 64)}`,
      (length: number) => repeated(repeated('a', 64) + repeated(part, 64), length),
      (length: number) => repeated(repeated(part, 64) + repeated('=', 64), length),
    ];
    expect(texts.map((textOf) => isSlow(textOf))).toEqual([false, false, false, false]);
  });

  it.each(PARTS)('is in proportion to pairs of %j and each of the others', (first) => {
    // Over and over together, which is the same for the second and the first; and the second so behind the first.
    const others = PARTS.slice(PARTS.indexOf(first));
    const together = others.filter((second) => isSlow((length) => repeated(first + second, length)));
    const behind = PARTS.filter((second) => isSlow((length) => first + repeated(second, length)));
    expect([together, behind]).toEqual([[], []]);
  });

  it('is half a microsecond for 200 characters that have nothing to hide, and 20 for a leak', () => {
    const prose = 'The order could not be stored as the warehouse did not answer in time. '.repeat(3).slice(0, 200);
    const timed = (texts: readonly string[]): number =>
      Math.min(
        ...Array.from({ length: 5 }, () =>
          millisOf(() => {
            for (let at = 0; at < 5_000; at += 1) redactor.redact(texts[at % texts.length] ?? '');
          }),
        ),
      ) / 5;
    // Four times as much as was measured, for machines that are slower.
    expect(timed([prose])).toBeLessThan(2);
    expect(timed(LEAKS.map(({ text }) => text))).toBeLessThan(25);
  });
});
