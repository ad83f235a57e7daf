import { chmodSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ActivePolicyPack } from '../../../../tools/stack/checkoutPolicyPack.ts';
import { StackEngine, StackError } from '../../../../tools/stack/stackEngine.ts';

/** An engine whose CLI is this shell script. */
function engineThatRuns(script: string, configuration?: ActivePolicyPack['configuration']): StackEngine {
  const directory = mkdtempSync(join(tmpdir(), 'tracewright-engine-'));
  const command = join(directory, 'pulumi');
  writeFileSync(command, `#!/bin/sh\n${script}`);
  chmodSync(command, 0o755);
  return new StackEngine({
    command,
    environment: { PATH: process.env['PATH'] ?? '' },
    checkout: directory,
    stack: 'prod',
    configFile: 'Pulumi.prod.yaml',
    policyPack: { directory: 'policies', ...(configuration === undefined ? {} : { configuration }) },
    signal: new AbortController().signal,
  });
}

/** An engine whose CLI fails with this line. */
function engineThatSays(line: string): StackEngine {
  return engineThatRuns(`cat >&2 <<'END'\n${line}\nEND\nexit 255\n`);
}

test('a stack that the CLI does not know has no state', async () => {
  expect(await engineThatSays("error: no stack named 'prod' found").readState()).toBeUndefined();
});

test.each([
  'error: could not get the bucket: 404 Not Found',
  'error: passphrase file not found',
  "error: no stack named 'staging' found",
])('"%s" says nothing about the stack, which may be there', async (line) => {
  await expect(engineThatSays(line).readState()).rejects.toThrow(StackError);
});

// Prints its arguments, the file of the pack's configuration, and what is in it.
const showPolicies = `echo "$@"
while [ $# -gt 0 ]; do if [ "$1" = --policy-pack-config ]; then echo "$2"; stat -c %a "$2"; cat "$2"; fi; shift; done\n`;

/** What a preview under these settings says: arguments, and the configuration's file with its mode and its content. */
async function previewed(configuration?: ActivePolicyPack['configuration']): Promise<readonly string[]> {
  const { text } = await engineThatRuns(showPolicies, configuration).preview(() => undefined, false);
  return text.split('\n');
}

test('a pack without a configuration is taken as it is', async () => {
  expect(await previewed()).toEqual([
    'preview --stack prod --config-file Pulumi.prod.yaml --policy-pack policies --non-interactive --color never',
  ]);
});

test('the configuration of a pack reaches the CLI in a private file, which goes with the run', async () => {
  const settings = { kubernetes: { environment: 'prod', rules: { replicas: 'advisory' as const } } };
  const [args, file = '', mode, content] = await previewed(() => Promise.resolve(settings));
  expect(args).toContain(`--policy-pack policies --policy-pack-config ${file} `);
  expect([mode, content]).toEqual(['600', JSON.stringify(settings)]);
  expect(existsSync(file)).toBe(false);
});

test('an update is under the same policies as a preview', async () => {
  const lines: string[] = [];
  const settings = { kubernetes: { environment: 'prod' } };
  await engineThatRuns(showPolicies, () => Promise.resolve(settings)).update((line) => lines.push(line), false);
  expect(lines[0]).toMatch(/^up --yes --skip-preview .*--policy-pack policies --policy-pack-config /);
  expect(lines.at(-1)).toBe(JSON.stringify(settings));
});

test('a configuration that is wrong keeps the CLI from being run', async () => {
  const engine = engineThatRuns('echo ran >&2; exit 1\n', () => Promise.reject(new Error('policy.yaml:1: no')));
  await expect(engine.update(() => undefined, false)).rejects.toThrow('policy.yaml:1: no');
});
