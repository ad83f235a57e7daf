import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ProtectedStackError, readBackendStacks, requireDeletable } from '../../../../tools/up/deletionProtection.ts';

const dev = { stack: 'dev', protectedResources: [] };
const prod = { stack: 'prod', protectedResources: ['Namespace tracing', 'StatefulSet tracing-elasticsearch'] };
const staging = { stack: 'staging', protectedResources: ['Namespace staging'] };

test('what nothing protects may go, and what is protected where it is named', () => {
  expect(() => requireDeletable([dev], [])).not.toThrow();
  expect(() => requireDeletable([dev, prod], ['prod'])).not.toThrow();
  expect(() => requireDeletable([dev, prod, staging], ['staging', 'prod'])).not.toThrow();
});

test('a protected stack is refused with what would be lost and the way to lose it', () => {
  const remove = (): void => requireDeletable([dev, prod, staging], ['dev']);
  expect(remove).toThrow(ProtectedStackError);
  expect(remove).toThrow(
    'deletion protection keeps what would be removed with all its data:\n' +
      '  prod: Namespace tracing, StatefulSet tracing-elasticsearch\n' +
      '  staging: Namespace staging\n' +
      'To delete the data as well, name each stack: --delete-data prod --delete-data staging. Nothing was removed.',
  );
});

test.each([
  [[dev, prod], '--delete-data: "prdo" is not what would be removed; allowed: dev, prod'],
  [[], '--delete-data: "prdo" is not what would be removed; allowed: none: nothing is deployed'],
])('a name that is not among them is refused, lest it be a slip', (stacks, message) => {
  expect(() => requireDeletable(stacks, ['prdo'])).toThrow(message);
});

/** A backend as the engine's `file://` backend writes it. */
function backendOf(stacks: Readonly<Record<string, string>>): string {
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
  });
  const stacks = await readBackendStacks(stateDirectory);
  expect(stacks.sort((a, b) => a.stack.localeCompare(b.stack))).toEqual([
    { stack: 'cut', protectedResources: ['a state that cannot be read'] },
    { stack: 'new', protectedResources: [] },
    { stack: 'prod', protectedResources: ['Namespace tracing'] },
  ]);
});

test('where there is no backend there is no stack', async () => {
  expect(await readBackendStacks(join(tmpdir(), 'tracewright-nowhere'))).toEqual([]);
});
