import { Command } from 'commander';
import { fileURLToPath } from 'node:url';
import { chooseDisplay } from '../console/chooseDisplay.ts';
import { Phases } from '../console/phases.ts';
import { visibleLines, withoutCommands } from '../values/visibleText.ts';
import { allChecks } from './allChecks.ts';
import { allProbes } from './allProbes.ts';
import { components, type Check } from './check.ts';
import { systemClock } from './clock.ts';
import { examine, needsEngine, wantedChecks } from './examine.ts';
import { describeChecks, listChecks } from './listChecks.ts';
import { loadChecks } from './loadChecks.ts';
import { openDeployment } from './openDeployment.ts';
import { parseValidateOptions, type RawValidateOptions, type ValidateOptions } from './options.ts';
import type { Probe } from './probe.ts';
import { phaseOf } from './progress.ts';
import { jsonReport } from './report/jsonReport.ts';
import { exitCodes, type Report } from './report/report.ts';
import { describeFileProblem, findUnwritable, writeReports, type ReportFileProblem } from './report/reportFiles.ts';
import { terminalReport } from './report/terminalReport.ts';

const ending = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const program = new Command('validate')
  .description(
    'Examines a whole deployment. It changes something with --active, --performance and --simulate-errors alone: spans and orders that ' +
      'they send stay. Exits with 0 when all is well, 2 on warnings, 3 when something could not be checked, 4 when something failed, ' +
      'and 1 when the command could not do what it was asked for.',
  )
  .option('--stack <name>', 'Pulumi stack, configured in Pulumi.<name>.yaml', 'dev')
  .option('--config-file <file>', "another file for the stack's configuration")
  .option('--context <name>', 'a context of your kubeconfig instead of the local cluster')
  .option('--cluster <name>', 'name of the local cluster', 'dev')
  .option('--active', 'also what changes something for a moment: spans that are sent, pods that are made and removed')
  .option('--only <component>', `only what is about ${components.join(', ')}; repeatable`, append)
  .option('--prometheus <url>', 'the Prometheus that watches the deployment')
  .option('--dashboard <url>', "where an application of yours mounts the runtime's page; repeatable", append)
  .option('--dashboard-token-file <file>', 'the token that these pages ask for')
  .option('--checks <file>', 'a module that exports further `checks`; repeatable', append)
  .option('--html <file>', 'write a report to be read, with plots')
  .option('--json-file <file>', 'write a report as JSON')
  .option('--junit <file>', "write a report in JUnit's XML")
  .option('--verbose', 'show what is ok as well, and not only how much')
  .option('--json', 'print the report as one JSON object, the last line of standard output')
  .option('--list', 'list the checks, and run none')
  .showHelpAfterError()
  .action((raw: RawValidateOptions & Readonly<Record<string, unknown>>) => answer(() => validate(raw)));
for (const { name, description } of allProbes) program.option(`--${name}`, description);

await program.parseAsync();
// Idle connections to the API server would hold the process for seconds after its answer.
process.exit();

async function validate(raw: RawValidateOptions & Readonly<Record<string, unknown>>): Promise<void> {
  const options = parseValidateOptions(raw, checkout);
  const known = [...allChecks, ...(await loadChecks(options.checkFiles, allChecks))];
  const checks = known.filter(({ component }) => options.only.size === 0 || options.only.has(component));
  if (options.list) {
    await print(options.json ? JSON.stringify(listChecks(checks)) : describeChecks(checks));
    return;
  }
  const unwritable = await findUnwritable(options.reports);
  tell(unwritable.map((problem) => `${describeFileProblem(problem)}. What is found is printed.`));
  const report = await run(
    options,
    checks,
    allProbes.filter(({ name }) => raw[optionKey(name)] === true),
  );
  await print(textOf(report, options));
  const refused = new Set(unwritable.map(({ option }) => option));
  const problems = [
    ...unwritable,
    ...(await writeReports(
      report,
      options.reports.filter(({ option }) => !refused.has(option)),
    )),
  ];
  tell(problems.map(describeFileProblem));
  process.exitCode = exitCodeOf(report, problems);
}

function exitCodeOf(report: Report, problems: readonly ReportFileProblem[]): number {
  return problems.length > 0 || report.ended !== undefined ? 1 : exitCodes[report.outcome];
}

async function run(
  { target, addresses, given }: ValidateOptions,
  checks: readonly Check[],
  probes: readonly Probe[],
): Promise<Report> {
  const abort = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    // A terminal that is gone takes no more words, which must not keep anybody from cleaning up.
    if (signal === 'SIGHUP') for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    abort.abort(new Error(`ended by ${signal}`));
  };
  // A terminal that is closed ends it as well, and what it made is removed all the same.
  for (const name of ending) process.once(name, stop);
  const wanted = wantedChecks(checks, given);
  const display = chooseDisplay([
    ...(needsEngine(wanted, probes) ? ['toolchain'] : []),
    ...components.filter((component) => wanted.some((check) => check.component === component)).map(phaseOf),
    ...probes.map(({ name }) => name),
  ]);
  const phases = new Phases(display, systemClock.nowMillis);
  const command = {
    options: target,
    phases,
    abort,
    environment: process.env,
    confirm: () => Promise.resolve(false),
  };
  try {
    return await examine({
      deployment: openDeployment(command, addresses),
      checks,
      probes,
      given,
      signal: abort.signal,
      clock: systemClock,
      now: () => new Date(),
      phases,
      display,
      onError: tellError,
    });
  } finally {
    await display.close();
    for (const name of ending) process.removeListener(name, stop);
  }
}

function textOf(report: Report, { json, verbose }: ValidateOptions): string {
  // In JSON this is the same text, and no command to GitHub's runner.
  if (json) return JSON.stringify(jsonReport(report)).replaceAll('##[', String.raw`\u0023#[`);
  return terminalReport(report, { coloured: process.stdout.isTTY && process.stdout.hasColors(), verbose }).trimEnd();
}

/** The name under which commander gives an option. */
function optionKey(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function append(value: string, others: readonly string[] = []): readonly string[] {
  return [...others, value];
}

function tellError(name: string, error: unknown): void {
  if (process.env['TRACEWRIGHT_DEBUG'] === undefined || !(error instanceof Error)) return;
  tell([`${name}: ${error.stack ?? error.message}`]);
}

function tell(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${withoutCommands(visibleLines(line))}\n`);
}

/** Waits until all of it has gone out: the process ends right afterwards. */
function print(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${text}\n`, () => resolve()));
}

async function answer(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    tell(['', message]);
    if (process.env['TRACEWRIGHT_DEBUG'] !== undefined && error instanceof Error) tell([error.stack ?? '']);
    process.exitCode = 1;
  }
}
