import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { protectedStacks, readBackendStacks } from '../../../../tools/cluster/clusterStacks.ts';

/** A backend as the engine's `file://` backend writes it. */
function backendOf(stacks: Readonly<Record<string, string | Buffer>>): string {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'tracewright-backend-'));
  const directory = join(stateDirectory, 'pulumi', 'state', '.pulumi', 'stacks', 'tracewright');
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of Object.entries(stacks)) writeFileSync(join(directory, name), text);
  return stateDirectory;
}

test('every stack of a backend is read with what its state protects', async () => {
  const urn = 'urn:pulumi:prod::tracewright::tracewright:jaeger:TracingStack$kubernetes:core/v1:Namespace::tracing';
  const resources = [{ urn, protect: true }, { urn: `${urn}-b` }];
  const stateDirectory = backendOf({
    'prod.json': JSON.stringify({ version: 3, checkpoint: { stack: 'prod', latest: { resources } } }),
    'prod.json.attrs': '{}',
    'new.json': JSON.stringify({ version: 3, checkpoint: { stack: 'new' } }),
    'cut.json': '{"version":3,"checkp',
    'later.json': '{"version":9}',
    'packed.json.gz': gzipSync('{"version":3,"checkpoint":{}}'),
  });
  const stacks = await readBackendStacks(stateDirectory);
  expect(stacks.sort((a, b) => a.stack.localeCompare(b.stack))).toEqual([
    { stack: 'cut', protectedResources: ['a state that cannot be read'] },
    { stack: 'later', protectedResources: ['a state that cannot be read'] },
    { stack: 'new', protectedResources: [] },
    { stack: 'packed', protectedResources: ['a state that cannot be read'] },
    { stack: 'prod', protectedResources: ['Namespace tracing'] },
  ]);
  expect(protectedStacks(stacks)).toEqual(['cut', 'later', 'packed', 'prod']);
});

test('where there is no backend there is no stack', async () => {
  expect(await readBackendStacks(join(tmpdir(), 'tracewright-nowhere'))).toEqual([]);
});

test('a backend that cannot be listed is no empty one', async () => {
  const stateDirectory = backendOf({});
  const stacks = join(stateDirectory, 'pulumi', 'state', '.pulumi', 'stacks');
  rmSync(stacks, { recursive: true });
  writeFileSync(stacks, '');
  await expect(readBackendStacks(stateDirectory)).rejects.toThrow('ENOTDIR');
});
