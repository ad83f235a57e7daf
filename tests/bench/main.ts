import { Command } from 'commander';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchResult, Figure, Measured } from './figure.ts';
import { InterruptedError, Interruption } from './interruption.ts';
import { describeMachine } from './machine.ts';
import { benchDashboard } from './suites/dashboard.ts';
import { benchErrors } from './suites/errors.ts';
import { benchInfra } from './suites/infra.ts';
import { benchPerformance } from './suites/performance.ts';
import { benchPolicies } from './suites/policies.ts';
import { benchRequests } from './suites/requests.ts';
import { benchScale } from './suites/scale.ts';
import { benchSecurity } from './suites/security.ts';
import { benchTracing } from './suites/tracing.ts';
import { benchColdUp, benchUp } from './suites/up.ts';
import { benchValidate } from './suites/validate.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const interruption = new Interruption();
/** Suites report each of their steps: one that was interrupted goes no further. */
const report = (text: string): void => {
  interruption.throwIfInterrupted();
  process.stderr.write(`${text}\n`);
};

interface PoliciesOptions {
  readonly runs: string;
  readonly deployments: string;
  readonly largeRuns: string;
  readonly json?: boolean;
}

const program = new Command('npm run bench --')
  .description('Measures a suite and writes tests/bench/results/SUITE.json.')
  .showHelpAfterError();

program
  .command('up')
  .description('npm run up, cached and unchanged')
  .option('--runs <number>', 'runs of each figure', '7')
  .option('--json', 'print the result as JSON')
  .action(async (options: { readonly runs: string; readonly json?: boolean }) => {
    const runs = parseCount('runs', options.runs, 1);
    await publish('up', { figures: await benchUp({ checkout, runs, report }) }, options.json ?? false);
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
    const figures = await benchColdUp(checkout, resolve(options.home));
    await publish('up-cold', { figures }, options.json ?? false);
  });

program
  .command('infra')
  .description('npm run preview of stack prod without a cluster; spans through pods against the same programs bare')
  .option('--runs <number>', 'runs of each figure', '7')
  .option('--spans <number>', 'spans of a run, a multiple of ten; a run should take 8 s or more', '80000')
  .option('--json', 'print the result as JSON')
  .action(async (options: { readonly runs: string; readonly spans: string; readonly json?: boolean }) => {
    const runs = parseCount('runs', options.runs, 1);
    const spans = parseCount('spans', options.spans, 10);
    await publish('infra', await benchInfra({ checkout, runs, spans, report }), options.json ?? false);
  });

program
  .command('security')
  .description('attacks, rolling updates and drains under load on two nodes, previews of many application namespaces')
  .option('--runs <number>', 'runs of each preview', '7')
  .option('--rounds <number>', 'rolling updates, and drains', '3')
  .option('--json', 'print the result as JSON')
  .action(async (options: { readonly runs: string; readonly rounds: string; readonly json?: boolean }) => {
    const runs = parseCount('runs', options.runs, 1);
    const rounds = parseCount('rounds', options.rounds, 1);
    await publish('security', await benchSecurity({ checkout, runs, rounds, report }), options.json ?? false);
  });

program
  .command('policies')
  .description('the policy pack under the engine, on many Deployments, and beside kube-score on public manifests')
  .option('--runs <number>', 'runs of each preview', '7')
  .option('--deployments <number>', 'how many Deployments; five times as many are compared with them', '1000')
  .option('--large-runs <number>', 'in how many runs five times as many are previewed', '7')
  .option('--json', 'print the result as JSON')
  .action(async ({ json = false, ...options }: PoliciesOptions) => {
    const runs = parseCount('runs', options.runs, 1);
    const deployments = parseCount('deployments', options.deployments, 20);
    const largeRuns = parseCount('large-runs', options.largeRuns, 1);
    await publish('policies', await benchPolicies({ checkout, runs, deployments, largeRuns, report }), json);
  });

program
  .command('tracing')
  .description(
    'the tracer against the bare SDK with exporter-jaeger; 20,000 spans a second for a minute into a real agent',
  )
  .option('--runs <number>', 'runs of each side of each figure', '7')
  .option('--sustained-runs <number>', 'runs of the sustained load, a minute each', '7')
  .option('--json', 'print the result as JSON')
  .action(async (options: { readonly runs: string; readonly sustainedRuns: string; readonly json?: boolean }) => {
    const runs = parseCount('runs', options.runs, 1);
    const sustainedRuns = parseCount('sustained-runs', options.sustainedRuns, 1);
    await publish('tracing', await benchTracing({ runs, sustainedRuns, report }), options.json ?? false);
  });

program
  .command('requests')
  .description(
    'the request tracker: a request against a hand-written one, memory, queries, percentiles, the example shop',
  )
  .option('--runs <number>', 'runs of each figure', '7')
  .option('--shop-seconds <number>', 'seconds of each run of the shop', '10')
  .option('--json', 'print the result as JSON')
  .action(async (options: { readonly runs: string; readonly shopSeconds: string; readonly json?: boolean }) => {
    const runs = parseCount('runs', options.runs, 1);
    const shopSeconds = parseCount('shop-seconds', options.shopSeconds, 1);
    await publish('requests', await benchRequests({ runs, shopSeconds, report }), options.json ?? false);
  });

program
  .command('performance')
  .description(
    'the performance monitor: reading the machine, measuring and scrapes against prom-client, memory, quantiles, trends',
  )
  .option('--runs <number>', 'runs of each figure', '7')
  .option('--json', 'print the result as JSON')
  .action(async (options: { readonly runs: string; readonly json?: boolean }) => {
    const runs = parseCount('runs', options.runs, 1);
    await publish('performance', await benchPerformance({ runs, report }), options.json ?? false);
  });

program
  .command('errors')
  .description('the error tracker: capturing against Sentry, storms of errors in an application under load')
  .option('--runs <number>', 'runs of each figure', '7')
  .option('--storm-seconds <number>', 'length of each storm', '10')
  .option('--json', 'print the result as JSON')
  .action(async (options: { readonly runs: string; readonly stormSeconds: string; readonly json?: boolean }) => {
    const runs = parseCount('runs', options.runs, 1);
    const stormSeconds = parseCount('storm-seconds', options.stormSeconds, 1);
    await publish('errors', await benchErrors({ runs, stormSeconds, report }), options.json ?? false);
  });

program
  .command('dashboard')
  .description("the page with a lot behind it: first view, frames, an idle viewer's bytes, twenty viewers' cost")
  .option('--runs <number>', 'runs of each figure', '7')
  .option('--seconds <number>', 'length of each run of frames and event loop', '15')
  .option('--json', 'print the result as JSON')
  .action(async (options: { readonly runs: string; readonly seconds: string; readonly json?: boolean }) => {
    const runs = parseCount('runs', options.runs, 1);
    const seconds = parseCount('seconds', options.seconds, 1);
    await publish('dashboard', await benchDashboard({ runs, seconds, report }), options.json ?? false);
  });

program
  .command('scale')
  .description('both strategies on loopback: full speed, outages of the storage, ingesters, costs over a tenfold load')
  .option('--runs <number>', 'runs of each figure', '7')
  .option('--seconds <number>', 'length of each run', '8')
  .option('--json', 'print the result as JSON')
  .action(async (options: { readonly runs: string; readonly seconds: string; readonly json?: boolean }) => {
    const runs = parseCount('runs', options.runs, 1);
    const seconds = parseCount('seconds', options.seconds, 1);
    await publish('scale', await benchScale({ runs, seconds, report }), options.json ?? false);
  });

program
  .command('validate')
  .description('npm run validate on the local stack: its time, alarms on a sound stack, twenty breakages named')
  .option('--runs <number>', 'runs of each time', '7')
  .option('--sound-runs <number>', 'runs that must raise no alarm', '10')
  .option('--json', 'print the result as JSON')
  .action(async (options: { readonly runs: string; readonly soundRuns: string; readonly json?: boolean }) => {
    const runs = parseCount('runs', options.runs, 1);
    const soundRuns = parseCount('sound-runs', options.soundRuns, 1);
    await publish('validate', await benchValidate({ checkout, runs, soundRuns, report }), options.json ?? false);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (interruption.signal === undefined) throw error;
  // Of a step that lost its programs, or of what could not be removed.
  const last = error instanceof InterruptedError ? '' : `; the last that was heard: ${String(error)}`;
  process.stderr.write(`ended by ${interruption.signal}${last}\n`);
  process.exitCode = 128 + constants.signals[interruption.signal];
}

function parseCount(option: string, text: string, step: number): number {
  const value = Number(text);
  if (Number.isInteger(value / step) && value >= step) return value;
  return program.error(`--${option}: "${text}" is not allowed; allowed: ${step} or a multiple of it`);
}

async function publish(suite: string, measured: Measured, json: boolean): Promise<void> {
  interruption.throwIfInterrupted();
  const result: BenchResult = { suite, at: new Date().toISOString(), machine: describeMachine(), ...measured };
  const directory = join(checkout, 'tests', 'bench', 'results');
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, `${suite}.json`), `${JSON.stringify(result, null, 2)}\n`);
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(`${measured.figures.map(describeFigure).join('\n')}\n`);
}

function describeFigure({ name, value, unit, goal, ok, runs, ratio }: Figure): string {
  const spread = `${Math.min(...runs).toFixed(1)} to ${Math.max(...runs).toFixed(1)}`;
  return `${ok ? 'ok    ' : 'MISSED'} ${name.padEnd(48)} ${value.toFixed(1).padStart(8)} ${unit} (${spread}, ${runs.length} runs; ${ratio === undefined ? '' : `ratio ${ratio}, `}goal ${goal})`;
}
