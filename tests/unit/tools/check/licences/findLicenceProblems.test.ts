import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLicenceProblems } from '../../../../../tools/check/licences/findLicenceProblems.ts';
import { licenceRules, type LicenceRules } from '../../../../../tools/check/licences/licenceRules.ts';

const rules: LicenceRules = { published: ['MIT', 'ISC'], development: ['MPL-2.0'], read: [], exceptions: [] };
const advice = 'Do without it, or add it to tools/check/licences/licenceRules.ts with what was read or the reason';

let checkout: string;
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'tracewright-licences-'));
});
afterEach(() => {
  rmSync(checkout, { recursive: true });
});

test('every package of this checkout is under a licence that is allowed', () => {
  expect(findLicenceProblems(fileURLToPath(new URL('../../../../../', import.meta.url)))).toEqual([]);
});

test.each([
  ['an allowed identifier', { license: 'MIT' }],
  ['a choice, one of which is allowed', { license: '(GPL-3.0-only OR ISC)' }],
  ['several licences, all of which are allowed', { license: 'MIT AND ISC' }],
  ['an old entry', { license: { type: 'MIT', url: 'https://example.com' } }],
  ['old entries, one of which is allowed', { licenses: [{ type: 'GPL-3.0-only' }, { type: 'MIT' }] }],
])('%s passes', (_what, manifest) => {
  install({ 'node_modules/a': manifest });
  expect(findLicenceProblems(checkout, rules)).toEqual([]);
});

test.each([
  ['a licence that is not allowed', { license: 'GPL-3.0-only' }, '"GPL-3.0-only"'],
  ['several, one of which is not allowed', { license: 'MIT AND GPL-3.0-only' }, '"MIT AND GPL-3.0-only"'],
  ['what is for development only', { license: 'MPL-2.0' }, '"MPL-2.0"'],
  ['what is no SPDX expression', { license: 'SEE LICENSE IN LICENSE' }, '"SEE LICENSE IN LICENSE"'],
  ['an empty text', { license: '' }, '""'],
  ['no licence', {}, 'nothing of its licence'],
  ['a licence of a form that nobody knows', { license: 3 }, 'nothing of its licence'],
])('%s is refused in what our packages install', (_what, manifest, said) => {
  install({ 'node_modules/a': manifest });
  expect(findLicenceProblems(checkout, rules)).toEqual([
    `node_modules/a 1.0.0 says ${said}; allowed for packages that our packages have in them or install: MIT, ISC. ${advice}`,
  ]);
});

test('a package of development may be under more licences, and not under any', () => {
  install(
    { 'node_modules/a': { license: 'MPL-2.0' }, 'node_modules/@x/b': { license: 'GPL-2.0-only' } },
    { dev: true },
  );
  expect(findLicenceProblems(checkout, rules)).toEqual([
    `node_modules/@x/b 1.0.0 says "GPL-2.0-only"; allowed for packages of development: MIT, ISC, MPL-2.0. ${advice}`,
  ]);
});

test('a package of development that is bundled into what we publish is judged as published', () => {
  install({ 'node_modules/preact': { license: 'MPL-2.0' } }, { dev: true });
  expect(findLicenceProblems(checkout, rules)).toEqual([
    `node_modules/preact 1.0.0 says "MPL-2.0"; allowed for packages that our packages have in them or install: MIT, ISC. ${advice}`,
  ]);
});

test('a copy inside another package is looked at by itself', () => {
  install({ 'node_modules/a': { license: 'MIT' }, 'node_modules/a/node_modules/b': { license: 'GPL-2.0-only' } });
  expect(findLicenceProblems(checkout, rules)).toEqual([
    expect.stringMatching(/^node_modules\/a\/node_modules\/b 1\.0\.0 says "GPL-2\.0-only"/),
  ]);
});

test('a licence that was read holds for that version only', () => {
  install({ 'node_modules/a': {} });
  const read = (version: string): LicenceRules => ({ ...rules, read: [{ name: 'a', version, license: 'MIT' }] });
  expect(findLicenceProblems(checkout, read('1.0.0'))).toEqual([]);
  expect(findLicenceProblems(checkout, read('0.9.0'))).toEqual([
    expect.stringMatching(/^node_modules\/a 1\.0\.0 says nothing/),
    'tools/check/licences/licenceRules.ts names a 0.9.0, which is not locked; remove the entry',
  ]);
});

test('an exception holds for one package under one licence', () => {
  install({ 'node_modules/a': { license: 'FSL-1.1-MIT' }, 'node_modules/b': { license: 'FSL-1.1-MIT' } });
  const exceptions = ['a', 'gone'].map((name) => ({ name, license: 'FSL-1.1-MIT', reason: 'a test' }));
  expect(findLicenceProblems(checkout, { ...rules, exceptions })).toEqual([
    expect.stringMatching(/^node_modules\/b 1\.0\.0 says/),
    'tools/check/licences/licenceRules.ts names gone, which is not locked; remove the entry',
  ]);
});

test('what npm left out for this system is judged by the lock file; what is missing beside is told', () => {
  lock({
    'node_modules/a': { version: '1.0.0', optional: true, license: 'GPL-2.0-only' },
    'node_modules/b': { version: '1.0.0', optional: true, license: 'MIT' },
    'node_modules/c': { version: '1.0.0', license: 'MIT' },
  });
  expect(findLicenceProblems(checkout, rules)).toEqual([
    expect.stringMatching(/^node_modules\/a 1\.0\.0 says "GPL-2\.0-only"/),
    'node_modules/c 1.0.0 is not installed; install what is locked: npm ci',
  ]);
});

test('a lock file of another form is refused', () => {
  writeFileSync(join(checkout, 'package-lock.json'), '{ "lockfileVersion": 1 }');
  expect(() => findLicenceProblems(checkout, rules)).toThrow(
    `${checkout}/package-lock.json is no lock file of version 3; write it anew: npm install`,
  );
});

test('nothing is allowed for what is published only, or twice', () => {
  const { published, development } = licenceRules;
  expect(development.filter((license) => published.includes(license))).toEqual([]);
});

/** Installs packages of version 1.0.0, with what else of a lock file's entry is given for all of them. */
function install(manifests: Readonly<Record<string, object>>, entry: object = {}): void {
  lock(Object.fromEntries(Object.keys(manifests).map((path) => [path, { version: '1.0.0', ...entry }])));
  for (const [path, manifest] of Object.entries(manifests)) {
    const file = join(checkout, path, 'package.json');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ version: '1.0.0', ...manifest }));
  }
}

function lock(packages: Readonly<Record<string, object>>): void {
  const own = { '': { name: 'root' }, own: { version: '1.0.0' }, 'node_modules/own': { resolved: 'own', link: true } };
  writeFileSync(
    join(checkout, 'package-lock.json'),
    JSON.stringify({ lockfileVersion: 3, packages: { ...own, ...packages } }),
  );
}
