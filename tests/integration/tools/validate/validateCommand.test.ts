// @spec S6.1
import { execa } from 'execa';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonReportSchema } from '../../../../tools/validate/report/jsonReport.ts';
import { checkout } from '../../../support/commands.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-validate-command-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The command, for a cluster that there is not, with a state of its own. */
function validate(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return execa(process.execPath, [join(checkout, 'tools/validate/main.ts'), '--cluster', 'none', ...args], {
    cwd: checkout,
    env: { XDG_STATE_HOME: folder, ...env },
    stdin: 'ignore',
    reject: false,
  });
}

/** A module with a check of an application. */
function checkFile(name: string, run: string): string {
  const file = join(folder, `${name}.ts`);
  const source = `export const checks = [{ id: '${name}', component: 'runtime', title: 'the shop is open', ${run} }];`;
  writeFileSync(file, source);
  return file;
}

const closed = "{ outcome: 'failed', subject: 'shop', expected: 'open', found: 'closed', mend: 'open it' }";

describe('npm run validate', () => {
  it('lists the checks of all or of one component, those of others among them, and runs none', async () => {
    const file = checkFile('shop-listed', "needs: ['active'], run: () => { throw new Error('was run') }");
    const { stdout, exitCode } = await validate(['--list', '--json', '--only', 'runtime', '--checks', file]);
    expect(exitCode).toBe(0);
    const listed = JSON.parse(stdout) as readonly Record<string, unknown>[];
    expect(listed.at(-1)).toEqual({
      check: 'shop-listed',
      component: 'runtime',
      needs: ['active'],
      title: 'the shop is open',
    });
    expect(new Set(listed.map(({ component }) => component))).toEqual(new Set(['runtime']));
    expect((await validate(['--list'])).stdout).toContain('every object that the stack declares is in the cluster');
  });

  it('prints what is wrong, writes each report, and ends with 4 when something has failed', async () => {
    const file = checkFile('shop-open', `run: async () => [${closed}]`);
    const [html, json, junit] = ['r.html', 'r.json', 'r.xml'].map((name) => join(folder, name));
    const { stdout, stderr, exitCode } = await validate([
      ...['--only', 'runtime', '--checks', file],
      ...['--html', html ?? '', '--json-file', json ?? '', '--junit', junit ?? ''],
    ]);
    expect(stdout).toContain(
      '  FAILED shop-open: the shop is open (0.0 s)\n    shop\n      expected  open\n      found     closed\n      mend      open it\n',
    );
    expect(stderr).toContain('checking runtime: FAILED');
    expect(exitCode).toBe(4);
    const report = jsonReportSchema.parse(JSON.parse(readFileSync(json ?? '', 'utf8')));
    expect(report).toMatchObject({ stack: 'dev', context: null, outcome: 'failed', ended: null });
    expect(readFileSync(junit ?? '', 'utf8')).toContain('<failure message="shop: closed" type="shop-open">');
    expect(readFileSync(html ?? '', 'utf8')).toContain('<title>failed: stack dev</title>');
  });

  it('prints the report as the last line of standard output when that is asked for', async () => {
    const file = checkFile('shop-json', `run: async () => { console.log('chatter'); return [${closed}]; }`);
    const { stdout } = await validate(['--json', '--only', 'runtime', '--checks', file]);
    const report = jsonReportSchema.parse(JSON.parse(stdout.split('\n').at(-1) ?? ''));
    expect(report.results.find(({ check }) => check === 'shop-json')?.outcome).toBe('failed');
  });

  it('says that a report cannot be written before and after the checks, and tells what they found', async () => {
    const file = checkFile('shop-unwritten', `run: async () => [${closed}]`);
    const { stdout, stderr, exitCode } = await validate(['--only', 'runtime', '--checks', file, '--html', folder]);
    const problem = `--html: ${folder} cannot be written: it is a directory; name a file in it`;
    expect(stderr.split('\n')[0]).toBe(`${problem}. What is found is printed.`);
    expect(stderr.split('\n').at(-1)).toBe(problem);
    expect(stdout).toContain('FAILED shop-unwritten');
    expect(exitCode).toBe(1);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends by %s with what was found by then, cleaned up',
    async (signal) => {
      const marks = join(folder, `marks-${signal}`);
      const slow = `import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
const run = async ({ signal }) => {
  appendFileSync('${marks}', 'begun ');
  await sleep(60_000, undefined, { signal }).catch(() => undefined);
  appendFileSync('${marks}', 'cleaned up');
  return [];
};
export const checks = [
  { id: 'shop-closed', component: 'runtime', title: 'the shop is open', run: async () => [${closed}] },
  { id: 'shop-slow', component: 'runtime', title: 'the shop is quick', run },
];`;
      const file = join(folder, `slow-${signal}.ts`);
      writeFileSync(file, slow);
      const running = validate(['--only', 'runtime', '--checks', file]);
      await expect.poll(() => readIfThere(marks), { timeout: 60_000 }).toBe('begun ');
      running.kill(signal);
      const { stdout, exitCode } = await running;
      expect(readFileSync(marks, 'utf8')).toBe('begun cleaned up');
      expect(stdout).toContain('FAILED shop-closed');
      expect(stdout).toMatch(/not run, ended before: .*shop-slow/);
      expect(stdout).toContain(`ended by ${signal}: what was found by then is above`);
      expect(exitCode).toBe(1);
    },
  );

  it.each<[string, readonly string[], string]>([
    ['an option that there is not', ['--bogus'], "error: unknown option '--bogus'"],
    [
      'a file of checks that there is not',
      ['--checks', '/none.ts'],
      'ChecksFileError: --checks: /none.ts does not exist',
    ],
  ])('refuses %s before it looks at anything, with 1', async (_, args, message) => {
    const { stdout, stderr, exitCode } = await validate(args);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect([stdout, exitCode]).toEqual(['', 1]);
  });

  it('shows where an error comes from when that is asked for', async () => {
    const file = checkFile('shop-broken', "run: async () => { throw new Error('no shop') }");
    const { stderr } = await validate(['--only', 'runtime', '--checks', file], { TRACEWRIGHT_DEBUG: '1' });
    expect(stderr).toContain('shop-broken.ts:1');
  });
});

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
