import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check, CheckContext } from '../../../../tools/validate/check.ts';
import { loadChecks } from '../../../../tools/validate/loadChecks.ts';
import { fakeDeployment } from './support/fakeDeployment.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-checks-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

const finding = "{ outcome: 'ok', subject: 'shop', expected: 'up', found: 'up' }";
const context: CheckContext = { deployment: fakeDeployment(), signal: new AbortController().signal };

function fileOf(name: string, source: string): string {
  const file = join(folder, name);
  writeFileSync(file, source);
  return file;
}

/** A module with one check, whose fields some are replaced by others. */
function moduleOf(name: string, fields: Record<string, string> = {}): string {
  const all = {
    id: "'shop-up'",
    component: "'runtime'",
    title: "'the shop is up'",
    run: `async () => [${finding}]`,
    ...fields,
  };
  const text = Object.entries(all).map(([key, value]) => `${key}: ${value}`);
  return fileOf(name, `export const checks = [{ ${text.join(', ')} }];`);
}

const known: Check = {
  id: 'objects-present',
  component: 'objects',
  title: 'all is there',
  run: () => Promise.resolve([]),
};

describe('loadChecks', () => {
  it('gives the checks of modules, in the order of the files', async () => {
    const files = [
      moduleOf('b.mjs', { id: "'b'", needs: "['active', 'dashboard']", timeoutSeconds: '600' }),
      moduleOf('a.ts', { id: "'a' as const", applies: 'async () => true' }),
    ];
    const loaded = await loadChecks(files, [known]);
    expect(loaded).toEqual([
      {
        id: 'b',
        component: 'runtime',
        title: 'the shop is up',
        needs: ['active', 'dashboard'],
        timeoutSeconds: 600,
        run: expect.any(Function) as unknown,
      },
      {
        id: 'a',
        component: 'runtime',
        title: 'the shop is up',
        applies: expect.any(Function) as unknown,
        run: expect.any(Function) as unknown,
      },
    ]);
    await expect(loaded[0]?.run(context)).resolves.toEqual([
      { outcome: 'ok', subject: 'shop', expected: 'up', found: 'up' },
    ]);
  });

  it('gives none when no file is named', async () => {
    await expect(loadChecks([], [known])).resolves.toEqual([]);
  });

  it.each<[string, string, string]>([
    ['exports nothing of the name', 'export const check = [];', 'must export `checks`, an array of at least one Check'],
    ['exports no check', 'export const checks = [];', 'must export `checks`, an array of at least one Check'],
    ['is no module', 'export const checks = [', 'cannot be loaded: '],
    ['throws', "throw new Error('no database');", 'cannot be loaded: Error: no database'],
    [
      'needs a package that is not there',
      "import 'none-of-these';",
      "cannot be loaded: Error: Cannot find package 'none-of-these'",
    ],
  ])('refuses a file that %s', async (about, source, message) => {
    const file = fileOf(`${about.replaceAll(' ', '-')}.mjs`, source);
    await expect(loadChecks([file], [known])).rejects.toThrow(`--checks: ${file} ${message}`);
  });

  it('refuses a file that does not exist', async () => {
    const file = join(folder, 'none.ts');
    await expect(loadChecks([file], [])).rejects.toThrow(`--checks: ${file} does not exist`);
  });

  it.each<[string, Record<string, string>, string]>([
    ['an id that is not in kebab-case', { id: "'Shop up'" }, '→ at checks[0].id'],
    ['a component that is none', { component: "'shop'" }, '→ at checks[0].component'],
    ['no title', { title: "' '" }, '→ at checks[0].title'],
    ['a need that is none', { needs: "['money']" }, '→ at checks[0].needs[0]'],
    ['a time beyond ten minutes', { timeoutSeconds: '601' }, '→ at checks[0].timeoutSeconds'],
    ['nothing to run', { run: "'shop'" }, '→ at checks[0].run'],
    ['a field that is misspelt', { need: "['active']" }, 'Unrecognized key: "need"'],
  ])('refuses a check with %s, and says where', async (about, fields, message) => {
    const file = moduleOf(`${about.replaceAll(' ', '-')}.mjs`, fields);
    await expect(loadChecks([file], [known])).rejects.toThrow(message);
  });

  it('refuses an id that is taken, and says by whom', async () => {
    const own = moduleOf('own.mjs', { id: "'objects-present'" });
    await expect(loadChecks([own], [known])).rejects.toThrow(
      `--checks: ${own} has the id "objects-present", which a check of this project has; give it another`,
    );
    const [first, second] = [moduleOf('first.mjs'), moduleOf('second.mjs')];
    await expect(loadChecks([first, second], [known])).rejects.toThrow(
      `--checks: ${second} has the id "shop-up", which ${first} has; give it another`,
    );
  });

  it.each<[string, string]>([
    ['an outcome that is none', `[{ ...${finding}, outcome: 'green' }]`],
    ['a failure that nobody can mend', `[{ ...${finding}, outcome: 'failed' }]`],
    ['no list', 'true'],
    ['an empty subject', `[{ ...${finding}, subject: '' }]`],
  ])('does not believe a check that gives %s', async (about, found) => {
    const [check] = await loadChecks(
      [moduleOf(`gives-${about.replaceAll(' ', '-')}.mjs`, { run: `async () => (${found})` })],
      [],
    );
    await expect(check?.run(context)).rejects.toThrow('the check gives something that is no list of findings: ');
  });
});
