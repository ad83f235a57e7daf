import { expect, test } from 'vitest';
import { lastWaitingLine, parseLogEntry, printable, shorten, tellingLine } from '../../../../tools/kube/logLines.ts';

const stack = 'main.main.func1\n\t/go/cmd/collector/main.go:100\ngithub.com/spf13/cobra.(*Command).execute';

function entry(level: string, msg: string, error: string): string {
  return JSON.stringify({ level, ts: 1700000000.5, caller: 'collector/main.go:100', msg, error, stacktrace: stack });
}

const said = (...messages: string[]) =>
  messages.map((msg) => `${JSON.stringify({ level: 'warn', ts: 1, msg })}\n`).join('');

test('of what an init container says, the newest line about its wait is taken', () => {
  const log = said(
    'looking',
    'waiting: the node does not answer',
    'waiting: "es" refused the password (401)',
    'looking',
  );
  expect(lastWaitingLine(log)).toBe('"es" refused the password (401)');
  expect(lastWaitingLine(said('looking'))).toBeUndefined();
});

test('the plain lines of a stack that was deployed before are understood too', () => {
  expect(lastWaitingLine('waiting: a\nwaiting: b\n')).toBe('b');
});

test.each([
  [
    'the fatal entry of a JSON log, though others come after it',
    [
      entry('fatal', 'Failed to create sampling strategy store', 'failed to unmarshal strategies: unexpected EOF'),
      entry('error', 'failed to cleanly close the collector', 'closed'),
    ].join('\n'),
    'Failed to create sampling strategy store: failed to unmarshal strategies: unexpected EOF',
  ],
  [
    'the message of a panic, not its stack',
    'panic: no servers specified\n\ngoroutine 1 [running]:\nmain.main()\n\t/go/main.go:1 +0x1d\nexit status 2\n',
    'panic: no servers specified',
  ],
  [
    'the error of a Go command, not its usage nor the time',
    'Error: failed to query indices\nUsage:\n  jaeger-es-index-cleaner NUM_OF_DAYS http://HOSTNAME:PORT [flags]\n\n' +
      '2026/11/22 19:55:01 failed to query indices: connection refused\n',
    'failed to query indices: connection refused',
  ],
  [
    'the exception of a Java program, not where it was thrown',
    'starting\njava.lang.IllegalStateException: failed to obtain node locks\n\tat org.elasticsearch.Node.<init>(Node.java:1)\n',
    'java.lang.IllegalStateException: failed to obtain node locks',
  ],
  ['the line before one that was cut off', `${entry('error', 'it broke', '')}\n{"level":"error","ts":17`, 'it broke'],
  ['the last line where none speaks of a failure', 'one\ntwo\n', 'two'],
])('why a container ended is told by %s', (_what, log, line) => {
  expect(tellingLine(log)).toBe(line);
});

test('an empty log tells nothing', () => {
  expect(tellingLine('\n')).toBeUndefined();
});

test('a text becomes one line of at most 220 characters', () => {
  expect(shorten(' a\n  b\t c ')).toBe('a b c');
  expect(shorten('x'.repeat(221))).toBe(`${'x'.repeat(219)}…`);
  expect(shorten('x'.repeat(220))).toBe('x'.repeat(220));
});

test('an entry that was cut off is understood as far as it goes', () => {
  const line = entry('error', 'Elasticsearch could not process "bulk" request', 'uncommitted').slice(0, -90);
  expect(parseLogEntry(`${line},"response":{"errors":true,"items":[{"index":{"status":429`)).toMatchObject({
    level: 'error',
    message: 'Elasticsearch could not process "bulk" request',
    error: 'uncommitted',
    text: expect.stringContaining('"status":429') as string,
  });
  expect(parseLogEntry('{"no": "entry"')).toBeUndefined();
});

const escape = '\u001B';
const bidi = '\u202E';

test('a text of a pod can neither drive the terminal nor read other than it is', () => {
  const evil = `a${escape}[2J${escape}]0;title\u0007b\r${bidi}c\u0008\u009B31m\u2066`;
  expect(printable(evil)).not.toMatch(/[^\P{Cc}\t\n]|[\u202A-\u202E\u2066-\u2069]/u);
  expect(printable(`${escape}[31mred${escape}[0m\tand\nplain \u00E9 \u{1F600}`)).toBe(
    'red\tand\nplain \u00E9 \u{1F600}',
  );
  expect(printable(`a${bidi}b\rc${escape}`)).toBe('a\uFFFDb\uFFFDc\uFFFD');
});

test('what is told of a log is printable, though a JSON log hides control characters from who reads lines', () => {
  expect(tellingLine(entry('fatal', `it${escape}[1A broke`, `here${bidi}`))).toBe('it broke: here\uFFFD');
  expect(tellingLine(`error: ${escape}[31mit broke\u0007`)).toBe('error: it broke\uFFFD');
  expect(lastWaitingLine(said(`waiting: ${escape}[2Jes ${bidi}`))).toBe('es \uFFFD');
});
