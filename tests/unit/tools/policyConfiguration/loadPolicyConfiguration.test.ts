import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadPolicyConfiguration } from '../../../../tools/policyConfiguration/loadPolicyConfiguration.ts';

function checkoutWith(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'tracewright-policy-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

test('the configuration of a checkout is its policy.yaml', () => {
  const { file, configuration } = loadPolicyConfiguration(
    checkoutWith({ 'policy.yaml': 'rules: { host-ports: disabled }\n' }),
  );
  expect([file, configuration]).toEqual(['policy.yaml', { rules: { 'host-ports': 'disabled' } }]);
});

test('a checkout without one has none', () => {
  const { file, configuration } = loadPolicyConfiguration(checkoutWith({}));
  expect([file, configuration]).toEqual([undefined, {}]);
});

test('another file that is named is taken instead, and must be there', () => {
  const checkout = checkoutWith({ 'policy.yaml': 'rules: { host-ports: disabled }\n', 'other.yaml': '' });
  expect(loadPolicyConfiguration(checkout, join(checkout, 'other.yaml')).configuration).toEqual({});
  const missing = join(checkout, 'missing.yaml');
  expect(() => loadPolicyConfiguration(checkout, missing)).toThrow(`${missing}:1: there is no such file`);
  expect(() => loadPolicyConfiguration(checkout, checkout)).toThrow(`${checkout}:1: cannot be read: EISDIR`);
});

test('mistakes are those of the rules of the pack', () => {
  const checkout = checkoutWith({ 'policy.yaml': 'rules:\n  host-port: disabled\n' });
  expect(() => loadPolicyConfiguration(checkout)).toThrow(
    'policy.yaml:2: rules.host-port is not a rule: did you mean "host-ports"?',
  );
});
