import { Command } from 'commander';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchResult, Figure } from './figure.ts';
import { describeMachine } from './machine.ts';
import { benchColdUp, benchUp } from './suites/up.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const report = (text: string): void => void process.stderr.write(`${text}\n`);

const program = new Command('npm run bench --')
  .description('Measures a suite and writes tests/bench/results/SUITE.json.')
  .showHelpAfterError();

program
  .command('up')
  .description('npm run up, cached and unchanged')
  .option('--runs <number>', 'runs of each figure', '7')
  .option('--json', 'print the result as JSON')
  .action(async (options: { readonly runs: string; readonly json?: boolean }) => {
    const runs = Number(options.runs);
    if (!Number.isInteger(runs) || runs < 1)
      program.error(`--runs: "${options.runs}" is not a number of runs; allowed: 1 or more`);
    await publish('up', await benchUp({ checkout, runs, report }), options.json ?? false);
  });

program
  .command('up-cold')
  .description(
    'npm run up from an empty HOME, once: half an hour; npm packages do not count, this command has installed them',
  )
  .requiredOption('--home <directory>', 'an empty directory; it is kept, with all that was built')
  .option('--json', 'print the result as JSON')
  .action(async (options: { readonly home: string; readonly json?: boolean }) => {
    await mkdir(options.home, { recursive: true });
    if ((await readdir(options.home)).length > 0)
      program.error(`--home: ${options.home} is not empty; a cold run needs an empty one`);
    report('one cold run: the engine and the cluster are compiled');
    await publish('up-cold', await benchColdUp(checkout, resolve(options.home)), options.json ?? false);
  });

await program.parseAsync();

async function publish(suite: string, figures: readonly Figure[], json: boolean): Promise<void> {
  const result: BenchResult = { suite, at: new Date().toISOString(), machine: describeMachine(), figures };
  const directory = join(checkout, 'tests', 'bench', 'results');
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, `${suite}.json`), `${JSON.stringify(result, null, 2)}\n`);
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(`${figures.map(describeFigure).join('\n')}\n`);
}

function describeFigure({ name, value, unit, goal, ok, runs }: Figure): string {
  const spread = `${Math.min(...runs).toFixed(1)} to ${Math.max(...runs).toFixed(1)}`;
  return `${ok ? 'ok    ' : 'MISSED'} ${name.padEnd(48)} ${value.toFixed(1).padStart(8)} ${unit} (${spread}, ${runs.length} runs; goal ${goal})`;
}
