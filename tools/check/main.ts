import { execa } from 'execa';
import { fileURLToPath } from 'node:url';
import { findLongFiles, mostLines } from './fileSizes.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** A check passes with an empty list; otherwise it says what is wrong, line by line. */
interface Check {
  readonly name: string;
  readonly run: () => Promise<readonly string[]>;
}

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
  {
    name: 'file sizes',
    run: () =>
      Promise.resolve(
        findLongFiles(checkout).map(({ file, lines }) => `${file}: ${lines} lines; allowed: ${mostLines}`),
      ),
  },
  command('generated pages', 'node', ['tools/docs/main.ts', '--check']),
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
      return result.failed ? (result.all || result.shortMessage || 'failed').split('\n') : [];
    },
  };
}

async function main(): Promise<void> {
  const results = await Promise.all(checks.map(async (check) => ({ name: check.name, problems: await check.run() })));
  for (const { name, problems } of results) {
    process.stdout.write(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}\n`);
    for (const line of problems) process.stdout.write(`       ${line}\n`);
  }
  process.exitCode = results.some(({ problems }) => problems.length > 0) ? 1 : 0;
}

await main();
