import { execa } from 'execa';
import { fileURLToPath } from 'node:url';
import { checkAdvisories } from './advisories/checkAdvisories.ts';
import { runCheck, wordFor, type Check } from './check.ts';
import { findLongFiles, mostLines } from './fileSizes.ts';
import { findLicenceProblems } from './licences/findLicenceProblems.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

const checks: readonly Check[] = [
  command('format', 'prettier', ['--check', '--log-level', 'warn', '.']),
  command('lint', 'eslint', ['--max-warnings', '0', '.']),
  command('types', 'tsc', ['--project', '.']),
  command('types of the page', 'tsc', ['--project', 'runtime/page']),
  command('types of the report', 'tsc', ['--project', 'tools/validate/report/html/page']),
  command('boundaries', 'depcruise', [
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err',
    'infra',
    'runtime',
    'policies',
    'examples',
    'tools',
    'tests',
  ]),
  search('file sizes', () =>
    findLongFiles(checkout).map(({ file, lines }) => `${file}: ${lines} lines; allowed: ${mostLines}`),
  ),
  command('generated pages', 'node', ['tools/docs/main.ts', '--check']),
  search('licences', () => findLicenceProblems(checkout)),
  { name: 'advisories', run: () => checkAdvisories(checkout) },
];

function command(name: string, program: string, args: readonly string[]): Check {
  return {
    name,
    run: async () => {
      const result = await execa(program, args, {
        cwd: checkout,
        all: true,
        reject: false,
        stdin: 'ignore',
        preferLocal: true,
      });
      const problems = result.failed ? (result.all || result.shortMessage || 'failed').split('\n') : [];
      return { problems, unchecked: [] };
    },
  };
}

function search(name: string, problems: () => readonly string[]): Check {
  return { name, run: () => Promise.resolve({ problems: problems(), unchecked: [] }) };
}

async function main(): Promise<void> {
  const results = await Promise.all(checks.map(async (check) => ({ name: check.name, result: await runCheck(check) })));
  for (const { name, result } of results) {
    process.stdout.write(`${wordFor(result).padEnd('UNCHECKED'.length)} ${name}\n`);
    for (const line of [...result.problems, ...result.unchecked]) process.stdout.write(`${' '.repeat(10)}${line}\n`);
  }
  process.exitCode = results.some(({ result }) => result.problems.length > 0) ? 1 : 0;
}

await main();
