// @spec S2.5
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MODES = ['default', 'throw', 'strict', 'none', 'warn', 'warn-with-error-code'] as const;
type Mode = (typeof MODES)[number];

/** What both runs of an application begin with: `start` starts a tracker in one of them, and does nothing in the other. */
const BEGINNING = `
const { start = () => undefined } = globalThis;
const turn = () => new Promise((resolve) => setTimeout(resolve, 2));
const reject = (reason) => void Promise.reject(reason);
const listener = (reason) => console.log('heard', reason?.message ?? reason);
const listen = () => process.on('unhandledRejection', listener);
// How Node came here is no part of a stack any more.
await turn();
`;
const ENDING = `await turn(); console.log('went on');`;

/** Writes at the exit what was captured: each message, and whether it ends the process or lives. */
const TRACKER = `
import { writeSync } from 'node:fs';
import { ErrorTracker } from '${fileURLToPath(new URL('../../../runtime/src/errors/errorTracker.ts', import.meta.url))}';
globalThis.start = () => {
  const errors = new ErrorTracker();
  process.on('exit', () => {
    const { groups } = errors.groups.query({}, { order: 'firstSeen' });
    const told = groups.toReversed().flatMap(({ count, severity, events }) => events.toReversed().map(
      ({ error, source, isUncaught }) =>
        (source === 'unhandledRejection' ? '' : source + ' ') + error.message.slice(0, 8) + (isUncaught ? ' ends ' + severity : ' lives'),
    ).concat(count === events.length ? [] : ['and more']));
    writeSync(3, told.join(', '));
  });
  return errors;
};
`;

let directory: string;
let apps = 0;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'rejections-'));
  writeFileSync(join(directory, 'nothing.mjs'), '');
  buildSync({
    stdin: { contents: TRACKER, resolveDir: directory },
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['tracewright-source'],
    // Node's own modules are required by CommonJS within.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    outfile: join(directory, 'tracker.mjs'),
  });
});

/** The command line of a mode. */
function inMode(mode: Mode): readonly string[] {
  return mode === 'default' ? [] : [`--unhandled-rejections=${mode}`];
}

afterAll(() => rmSync(directory, { recursive: true }));

async function run(app: string, options: readonly string[], preloaded: string) {
  const args = [...options, `--import=${join(directory, preloaded)}`, app];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], timeout: 30_000 });
  const [stdout, stderr, told, [status, signal]] = await Promise.all([
    text(child.stdout as AsyncIterable<Uint8Array>),
    text(child.stderr as AsyncIterable<Uint8Array>),
    text(child.stdio[3] as AsyncIterable<Uint8Array>),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ]);
  return { ended: { status, signal, stdout, stderr: stderr.replaceAll(/\(node:\d+\)/g, '(node)') }, told };
}

/** How the application ends, which is the same with a tracker and without, and what the tracker was told. */
async function both(code: string, options: readonly string[]) {
  const app = join(directory, `app${(apps += 1)}.mjs`);
  writeFileSync(app, BEGINNING + code + ENDING);
  const [bare, tracked] = await Promise.all([run(app, options, 'nothing.mjs'), run(app, options, 'tracker.mjs')]);
  expect(tracked.ended).toEqual(bare.ended);
  return { ...bare.ended, told: tracked.told };
}

const ENDS = 'a ends critical';

it.each<[string, string, Readonly<Record<Mode, string>>]>([
  [
    'without a listener',
    `start(); reject(new RangeError('a'));`,
    { default: ENDS, throw: ENDS, strict: ENDS, none: 'a lives', warn: 'a lives', 'warn-with-error-code': '' },
  ],
  [
    'with a listener of its own',
    `listen(); start(); reject(new RangeError('a'));`,
    {
      default: 'a lives',
      throw: 'a lives',
      strict: ENDS,
      none: 'a lives',
      warn: 'a lives',
      'warn-with-error-code': 'a lives',
    },
  ],
  [
    'with a listener that comes later and goes again',
    `start(); listen(); reject(new RangeError('a')); await turn();
     process.removeListener('unhandledRejection', listener); reject(new TypeError('b'));`,
    {
      default: 'a lives, b ends critical',
      throw: 'a lives, b ends critical',
      strict: ENDS,
      none: 'a lives, b lives',
      warn: 'a lives, b lives',
      'warn-with-error-code': 'a lives',
    },
  ],
])(
  'an application %s ends in each of the modes as it would have, and what it rejects is captured',
  async (_, code, told) => {
    const ends = await Promise.all(MODES.map((mode) => both(code, inMode(mode))));
    expect(Object.fromEntries(MODES.map((mode, index) => [mode, ends[index]?.told]))).toEqual(told);
    // It is no proof that both are the same, if none of them does anything.
    expect(new Set(ends.map(({ status, stdout }) => `${status}${stdout}`)).size).toBeGreaterThan(1);
  },
);

it.each<[string, string, Mode, string, number]>([
  [
    'an error that was captured before it ends the process is counted once',
    // Node shows another place of an error whose stack was read, by whomever.
    `const error = new RangeError('a'); void error.stack; start()?.capture(error); reject(error);`,
    'default',
    ENDS,
    1,
  ],
  [
    'an error that the listener throws is the same one, and ends the process',
    `start(); process.on('unhandledRejection', (error) => { throw error; }); reject(new RangeError('a'));`,
    'default',
    'uncaughtException a ends critical',
    1,
  ],
  [
    'a listener for once, in front of all others, is followed by what there was before',
    `start(); listen(); process.removeAllListeners('unhandledRejection');
     process.prependOnceListener('unhandledRejection', listener);
     reject(new RangeError('a')); await turn(); reject(new TypeError('b'));`,
    'default',
    'a lives, b ends critical',
    1,
  ],
  [
    'an error that two trackers see keeps neither of them listening',
    `start(); start(); listen(); reject(new RangeError('a')); await turn();
     process.removeListener('unhandledRejection', listener); reject(new TypeError('b'));`,
    'default',
    'a lives, b ends criticala lives, b ends critical',
    1,
  ],
  [
    'a listener that does not come about, as somebody throws, leaves the process to its end',
    `start(); process.on('newListener', () => { throw new TypeError('no'); });
     try { listen(); } catch {} reject(new RangeError('a'));`,
    'default',
    ENDS,
    1,
  ],
  [
    'a rejection that is handled late stays captured',
    `start(); listen(); const late = Promise.reject(new RangeError('a')); await turn(); late.catch(() => {});`,
    'default',
    'a lives',
    0,
  ],
  [
    'a text that strict Node makes an exception of, which somebody catches, is counted once',
    `start(); process.on('uncaughtException', () => {}); listen(); reject('a text');`,
    'strict',
    'This err ends critical',
    0,
  ],
  [
    'a text that was rejected is as it is, where the process goes on',
    `start(); listen(); reject('a text');`,
    'default',
    'a text lives',
    0,
  ],
  [
    'after stop nothing is captured, and the process ends as ever',
    `const errors = start(); listen(); await errors?.stop(); process.removeListener('unhandledRejection', listener);
     reject(new RangeError('a'));`,
    'default',
    '',
    1,
  ],
])('%s', async (_, code, mode, told, status) => {
  expect(await both(code, inMode(mode))).toMatchObject({ told, status });
});

it.each([
  [['--unhandled-rejections=warn', '--unhandled_rejections', 'throw'], ENDS, 1],
  [['--unhandled-rejections=throw', '--unhandled_rejections', 'warn'], 'a lives', 0],
])('of several modes the last one counts: %j', async (options, told, status) => {
  const code = `start(); reject(new RangeError('a'));`;
  expect(await both(code, options)).toMatchObject({ told, status });
});
