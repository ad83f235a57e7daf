import { Command } from 'commander';
import { execa } from 'execa';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addCounts, countTests, type TestCounts } from './testCounts.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
/** Vitest's projects by the kind of test that is asked for. */
const projectsOf: Readonly<Record<string, readonly string[]>> = {
  unit: ['unit', 'unit-timed'],
  integration: ['integration', 'integration-timed'],
  e2e: ['e2e'],
  faults: ['faults'],
};
/** Faults break a cluster of their own for 20 minutes: only who asks for them gets them (`npm run test:faults`). */
const kinds = Object.keys(projectsOf).filter((kind) => kind !== 'faults');
const noReport = JSON.stringify({ numPassedTests: 0, numTotalTests: 0, testResults: [] });

const program = new Command('npm test --')
  .description('Runs every test: unit, integration on real servers, and end to end on a local cluster of its own.')
  .argument('[kind...]', `only these: ${Object.keys(projectsOf).join(', ')}; without any, all but faults`)
  .option('--filter <text>', 'only files whose path contains the text')
  .parse();

const chosen = program.args.length === 0 ? kinds : program.args;
const unknown = chosen.filter((kind) => !(kind in projectsOf));
if (unknown.length > 0)
  program.error(`unknown kind of test ${unknown.join(', ')}; allowed: ${Object.keys(projectsOf).join(', ')}`);

let counts: TestCounts = { passed: 0, failed: 0, failures: [] };
for (const kind of chosen) counts = addCounts(counts, await runKind(kind));
// What failed an hour ago is far up in the output.
if (counts.failures.length > 0) process.stdout.write(`\nFailed:\n${counts.failures.join('\n')}\n`);
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;

/** Runs the tests of one kind. A run that ends without a report (a broken set-up) is one failure. */
async function runKind(kind: string): Promise<TestCounts> {
  process.stdout.write(`\n== ${kind}\n`);
  const directory = await mkdtemp(join(tmpdir(), 'tracewright-test-'));
  const report = join(directory, 'report.json');
  const filter = program.opts<{ filter?: string }>().filter;
  try {
    const run = await execa(
      'vitest',
      [
        'run',
        ...(projectsOf[kind] ?? []).flatMap((project) => ['--project', project]),
        '--reporter',
        'verbose',
        '--reporter',
        'json',
        '--outputFile.json',
        report,
        ...(filter === undefined ? [] : [filter]),
      ],
      {
        cwd: checkout,
        // Tests start the commands hundreds of times: each would compile its modules anew.
        env: {
          NODE_COMPILE_CACHE: join(directory, 'compile-cache'),
          ...(kind === 'faults' && { TRACEWRIGHT_TEST_CLUSTER: process.env['TRACEWRIGHT_TEST_CLUSTER'] ?? 'faults' }),
        },
        stdin: 'ignore',
        stdout: 'inherit',
        stderr: 'inherit',
        reject: false,
        preferLocal: true,
      },
    );
    const counts = countTests(await readFile(report, 'utf8').catch(() => noReport));
    const fine = run.exitCode === 0 || counts.failed > 0;
    if (fine) return counts;
    const broken = `${kind}: vitest ended with ${run.exitCode ?? run.signal ?? 'no exit code'}`;
    return addCounts(counts, { passed: 0, failed: 1, failures: [broken] });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
