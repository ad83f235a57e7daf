import { afterAll, beforeAll, expect, test } from 'vitest';
import { logLine } from '../../../infra/jaeger/logLine.ts';
import { formedLine } from '../../support/formedLine.ts';
import { ServersRoot } from '../support/serversRoot.ts';

// With the sh, date, sed and tr of the image, which are those of the containers that wait.
let root: ServersRoot;

beforeAll(async () => {
  root = await ServersRoot.unpack();
});
afterAll(() => root[Symbol.asyncDispose]());

/** What the shell writes when it is told to log that. */
async function written(level: string, message: string): Promise<string> {
  const shell = root.start(['/bin/sh', '-c', `${logLine}\nlog "$1" "$2"`, 'test', level, message]);
  await shell.end();
  return shell.output;
}

test.each([
  'ready: all is well',
  String.raw`quotes "'", backslashes \ \\ \n \" and \u0041`,
  'words of the shell: $HOME `id` $(id) %s %d * ~ ; & |',
  'other letters: é ß 水 😀 \u2028',
  '{"level":"error"}',
  '-n',
  '',
])('the message %j is kept as it is', async (message) => {
  const output = await written('warn', message);
  expect(output.split('\n')).toHaveLength(2);
  expect(formedLine(output)).toMatchObject({ level: 'warn', message });
});

test('every control character becomes a blank, so that a message is one line and drives no terminal', async () => {
  const controls = Array.from({ length: 31 }, (_, index) => String.fromCodePoint(index + 1)).join('') + '\u007F';
  const output = await written('error', `a${controls}z\nb\u001B[2J`);
  expect(formedLine(output)?.message).toBe(`a${' '.repeat(32)}z b [2J`);
});

test('its time is now, in seconds', async () => {
  const before = Math.floor(Date.now() / 1000);
  const ts = Number(formedLine(await written('info', 'now'))?.fields['ts']);
  expect(ts).toBeGreaterThanOrEqual(before);
  expect(ts).toBeLessThanOrEqual(Date.now() / 1000);
});
