// @spec S5.1 S5.2 S6.2
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { requestOnePod } from '../../tools/kube/requestPod.ts';
import { exampleNamespace } from '../../tools/up/example.ts';
import { examplePorts, readExampleServices } from '../../tools/validate/checks/runtime/exampleServices.ts';
import { resolveGroup, unresolvedGroups } from '../../tools/validate/simulateErrors/errorGroups.ts';
import { npmRun, testCluster, type CommandResult } from '../support/commands.ts';
import { examplePages } from './support/examplePages.ts';

interface WrittenReport {
  readonly results: readonly {
    readonly check: string;
    readonly outcome: string;
    readonly findings: readonly unknown[];
  }[];
  readonly tables: readonly { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }[];
}

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
let directory: string;
let command: CommandResult;
let report: WrittenReport;

beforeAll(async () => {
  await resolveAll();
  directory = await mkdtemp(join(tmpdir(), 'tracewright-simulate-'));
  const file = join(directory, 'report.json');
  const options = ['--cluster', testCluster, '--only', 'sampling', '--simulate-errors', '--json-file', file];
  command = await npmRun('validate', options, { timeoutSeconds: 140 });
  report = JSON.parse(await readFile(file, 'utf8')) as WrittenReport;
});
/** What other tests have left unresolved is taken for somebody's, and left alone: its alert could not be raised again. */
async function resolveAll(): Promise<void> {
  const signal = AbortSignal.timeout(30_000);
  for (const page of await examplePages(kube))
    for (const id of await unresolvedGroups(page, signal)) await resolveGroup(page, id, signal);
}

afterAll(() => rm(directory, { recursive: true, force: true }));

test('every category and every severity is found as a group, in the metrics, as an alert, on the page and in Jaeger', () => {
  const simulated = report.results.filter(({ check }) => check.startsWith('errors-') && check !== 'errors-recorded');
  // With the findings: they say what is wrong.
  expect(simulated.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  const found = ['ok', 'ok', 'ok', 'ok', 'ok'];
  expect(report.tables).toEqual([
    {
      title: 'Errors that were provoked, and where they were found',
      columns: ['category', 'severity', 'errors', 'group', 'metric', 'alert', 'page', 'trace'],
      rows: [
        ['system', 'high', 3, ...found],
        ['database', 'critical', 130, ...found],
        ['network', 'high', 3, ...found],
        ['authentication', 'medium', 3, ...found],
        ['validation', 'low', 3, ...found],
        ['business_logic', 'medium', 3, ...found],
        ['external_service', 'high', 3, ...found],
        ['unknown', 'high', 3, ...found],
      ],
    },
  ]);
  expect(simulated).toHaveLength(8);
  expect(command.exitCode).toBeLessThan(4);
});

test('afterwards no failure is switched on', async () => {
  const pods = (await readExampleServices(kube)).flatMap(({ pods: own }) => own);
  expect(pods).toHaveLength(3);
  for (const pod of pods) {
    const place = { namespace: exampleNamespace, pod, port: examplePorts.failures };
    const { body } = await requestOnePod(kube, place, { path: '/failures' });
    const ratios = Object.values(JSON.parse(body) as Readonly<Record<string, number>>);
    expect(ratios.filter((ratio) => ratio !== 0)).toEqual([]);
    expect(ratios.length).toBeGreaterThan(0);
  }
});

test('where the example is not, nothing is provoked, and that is said', async () => {
  const { stdout, exitCode } = await npmRun(
    'validate',
    ['--cluster', 'nowhere', '--only', 'sampling', '--simulate-errors'],
    { timeoutSeconds: 60 },
  );
  expect(stdout).toContain('the local cluster nowhere does not run');
  expect(exitCode).toBe(3);
});
