import { Command } from 'commander';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchResult, Figure } from './figure.ts';
import { describeMachine } from './machine.ts';
import { benchUp } from './suites/up.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const report = (text: string): void => void process.stderr.write(`${text}\n`);

const program = new Command('npm run bench --')
  .description('Measures a suite and writes tests/bench/results/SUITE.json.')
  .showHelpAfterError();

program
  .command('up')
  .description('npm run up: cached, unchanged and, with --cold, from nothing')
  .option('--runs <number>', 'runs of each figure', '7')
  .option('--cold', 'also from an empty HOME and cache (half an hour)')
  .option('--json', 'print the result as JSON')
  .action(async (options: { readonly runs: string; readonly cold?: boolean; readonly json?: boolean }) => {
    const runs = Number(options.runs);
    if (!Number.isInteger(runs) || runs < 1)
      program.error(`--runs: "${options.runs}" is not a number of runs; allowed: 1 or more`);
    await publish('up', await benchUp({ checkout, runs, cold: options.cold ?? false, report }), options.json ?? false);
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
