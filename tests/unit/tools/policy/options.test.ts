import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parsePolicyOptions, type RawPolicyOptions } from '../../../../tools/policy/options.ts';
import { phasesOf } from '../../../../tools/policy/runPolicy.ts';

function checkoutWithStacks(...stacks: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'tracewright-policy-'));
  for (const stack of stacks) writeFileSync(join(directory, `Pulumi.${stack}.yaml`), '');
  return directory;
}

test('without options every stack of the checkout is meant, in the order of their names', () => {
  const checkout = checkoutWithStacks('prod', 'dev');
  expect(parsePolicyOptions({}, checkout)).toEqual({
    checkout,
    stacks: ['dev', 'prod'],
    manifests: [],
    environment: 'prod',
    reports: [],
    json: false,
  });
});

test.each<[string, RawPolicyOptions, readonly string[], readonly string[]]>([
  ['stacks alone', { stack: ['prod'] }, ['prod'], []],
  ['a stack twice', { stack: ['prod', 'dev', 'prod'] }, ['prod', 'dev'], []],
  ['manifests alone', { manifests: ['a', 'b'] }, [], ['a', 'b']],
  ['both', { stack: ['dev'], manifests: ['a'] }, ['dev'], ['a']],
])('what is named is what is looked at: %s', (_what, raw, stacks, manifests) => {
  const options = parsePolicyOptions(raw, checkoutWithStacks('dev', 'prod'));
  expect([options.stacks, options.manifests]).toEqual([stacks, manifests]);
});

test('reports are formats with their files', () => {
  const { reports } = parsePolicyOptions({ report: ['sarif=out/a.sarif', 'junit=b=c.xml'] }, checkoutWithStacks('dev'));
  expect(reports).toEqual([
    { format: 'sarif', file: resolve('out/a.sarif') },
    { format: 'junit', file: resolve('b=c.xml') },
  ]);
});

test.each<[RawPolicyOptions, string]>([
  [
    { report: ['srif=a'] },
    '--report: "srif=a" is no FORMAT=FILE; did you mean "sarif"? (formats: table, markdown, sarif, junit, json), as in sarif=policy.sarif',
  ],
  [
    { report: ['sarif'] },
    '--report: "sarif" is no FORMAT=FILE (formats: table, markdown, sarif, junit, json), as in sarif=policy.sarif',
  ],
  [
    { report: ['sarif='] },
    '--report: "sarif=" is no FORMAT=FILE (formats: table, markdown, sarif, junit, json), as in sarif=policy.sarif',
  ],
  [{ manifests: ['a', ''] }, '--manifests: is empty'],
  [{ manifests: ['a'], environment: '' }, '--environment: is empty'],
  [{ environment: 'dev' }, '--environment: belongs to --manifests; a stack has one in its configuration'],
])('%j is refused', (raw, message) => {
  expect(() => parsePolicyOptions(raw, checkoutWithStacks('dev'))).toThrow(message);
});

test('a checkout without stacks says what else there is to look at', () => {
  const checkout = checkoutWithStacks();
  expect(() => parsePolicyOptions({}, checkout)).toThrow(
    `--stack: there is no Pulumi.<name>.yaml in ${checkout}; name manifests with --manifests instead`,
  );
});

test('manifests alone need no toolchain', () => {
  const checkout = checkoutWithStacks('dev', 'prod');
  expect(phasesOf(parsePolicyOptions({ manifests: ['a'] }, checkout))).toEqual(['manifests']);
  expect(phasesOf(parsePolicyOptions({}, checkout))).toEqual(['toolchain', 'stack dev', 'stack prod']);
});
