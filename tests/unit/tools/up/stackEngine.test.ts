import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StackEngine, StackError } from '../../../../tools/up/stackEngine.ts';

/** An engine whose CLI fails with this line. */
function engineThatSays(line: string): StackEngine {
  const directory = mkdtempSync(join(tmpdir(), 'tracewright-engine-'));
  const command = join(directory, 'pulumi');
  writeFileSync(command, `#!/bin/sh\ncat >&2 <<'END'\n${line}\nEND\nexit 255\n`);
  chmodSync(command, 0o755);
  return new StackEngine({
    command,
    environment: { PATH: process.env['PATH'] ?? '' },
    checkout: directory,
    stack: 'prod',
    configFile: join(directory, 'Pulumi.prod.yaml'),
    policyPack: { directory: join(directory, 'policies') },
    signal: new AbortController().signal,
  });
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
