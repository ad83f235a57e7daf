import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createClusterCommand } from '../../../../tools/cluster/clusterCommand.ts';
import { clustersDirectory, createClusterIdentity } from '../../../../tools/cluster/clusterIdentity.ts';
import { InvalidNodeCountError } from '../../../../tools/cluster/errors/invalidNodeCountError.ts';
import { ProtectedClusterError } from '../../../../tools/cluster/errors/protectedClusterError.ts';

test('`cluster down` refuses a cluster that holds a protected stack, names the command that can, and removes nothing', async () => {
  const environment = { XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'tracewright-cluster-')) };
  const checkout = environment.XDG_STATE_HOME;
  const { stateDirectory } = createClusterIdentity('guarded', checkout, clustersDirectory(environment));
  const stacks = join(stateDirectory, 'pulumi', 'state', '.pulumi', 'stacks', 'tracewright');
  mkdirSync(stacks, { recursive: true });
  const urn = 'urn:pulumi:prod::tracewright::kubernetes:core/v1:Namespace::tracing';
  const latest = { resources: [{ urn, protect: true }] };
  writeFileSync(join(stacks, 'prod.json'), JSON.stringify({ version: 3, checkpoint: { stack: 'prod', latest } }));
  const written: string[] = [];
  const command = commandIn(environment.XDG_STATE_HOME, written);
  const down = command.parseAsync(['down', '--name', 'guarded'], { from: 'user' });
  await expect(down).rejects.toThrow(ProtectedClusterError);
  await expect(down).rejects.toThrow('npm run down -- --cluster guarded --delete-data prod');
  expect(existsSync(join(stacks, 'prod.json'))).toBe(true);
  expect(written).toEqual([]);
});

test.each([
  ['up', '--nodes', '4'],
  ['up', '--nodes', 'many'],
])('`cluster %s %s %s` is refused before anything is looked at', async (...args) => {
  const state = mkdtempSync(join(tmpdir(), 'tracewright-cluster-'));
  await expect(commandIn(state, []).parseAsync(args, { from: 'user' })).rejects.toThrow(InvalidNodeCountError);
  expect(readdirSync(state)).toEqual([]);
});

function commandIn(state: string, written: string[]): Command {
  return createClusterCommand({
    environment: { XDG_STATE_HOME: state },
    checkout: state,
    signal: new AbortController().signal,
    write: (text) => written.push(text),
    report: () => undefined,
  });
}
