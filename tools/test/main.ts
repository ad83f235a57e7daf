import { Command } from 'commander';
import { execa } from 'execa';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addCounts, countTests, type TestCounts } from './testCounts.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const projects = ['unit', 'integration', 'e2e'];
const noReport = JSON.stringify({ numPassedTests: 0, numTotalTests: 0, testResults: [] });

const program = new Command('npm test --')
  .description('Runs every test: unit, integration on real servers, and end to end on a local cluster of its own.')
  .argument('[project...]', `only these: ${projects.join(', ')}`)
  .option('--filter <text>', 'only files whose path contains the text')
  .parse();

const chosen = program.args.length === 0 ? projects : program.args;
const unknown = chosen.filter((project) => !projects.includes(project));
if (unknown.length > 0) program.error(`unknown test project ${unknown.join(', ')}; allowed: ${projects.join(', ')}`);

let counts: TestCounts = { passed: 0, failed: 0 };
for (const project of chosen) counts = addCounts(counts, await runProject(project));
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;

/** Runs one vitest project. A run that ends without a report (a broken set-up) is one failure. */
async function runProject(project: string): Promise<TestCounts> {
  process.stdout.write(`\n== ${project}\n`);
  const directory = await mkdtemp(join(tmpdir(), 'tracewright-test-'));
  const report = join(directory, 'report.json');
  const filter = program.opts<{ filter?: string }>().filter;
  try {
    const run = await execa(
      'vitest',
      [
        'run',
        '--project',
        project,
        '--reporter',
        'verbose',
        '--reporter',
        'json',
        '--outputFile.json',
        report,
        ...(filter === undefined ? [] : [filter]),
      ],
      { cwd: checkout, stdin: 'ignore', stdout: 'inherit', stderr: 'inherit', reject: false, preferLocal: true },
    );
    const counts = countTests(await readFile(report, 'utf8').catch(() => noReport));
    const fine = run.exitCode === 0 || counts.failed > 0;
    return fine ? counts : { ...counts, failed: counts.failed + 1 };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
