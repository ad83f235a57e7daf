import { Command } from 'commander';
import { fileURLToPath } from 'node:url';
import { configurationSchema } from '../../policies/configuration/configurationSchema.ts';
import { packConfiguration } from '../../policies/pulumi/packConfiguration.ts';
import { allRules } from '../../policies/rules/allRules.ts';
import { chooseDisplay } from '../console/chooseDisplay.ts';
import type { PhaseDisplay } from '../console/phaseDisplay.ts';
import { Phases } from '../console/phases.ts';
import { loadPolicyConfiguration } from '../policyConfiguration/loadPolicyConfiguration.ts';
import { parsePolicyOptions, type PolicyOptions, type RawPolicyOptions } from './options.ts';
import { runFails, type PolicyRun } from './policyRun.ts';
import { jsonReport } from './report/jsonReport.ts';
import { writeReports } from './report/writeReports.ts';
import { tableReport } from './report/tableReport.ts';
import { visibleLines, withoutCommands } from '../values/visibleText.ts';
import { describeRules, listRules } from './ruleList.ts';
import { phasesOf, runPolicy } from './runPolicy.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const program = new Command('policy')
  // Its commands have options of the same names.
  .enablePositionalOptions()
  .description(
    'Asks every rule of the policy pack about the stacks of this checkout, without a cluster and without credentials, or about manifests. ' +
      'Exits with 1 on a breach of a mandatory rule, one that could not run, an expired exemption, and anything that could not be read.',
  )
  .option('--stack <name>', 'a stack, previewed as all new; repeatable (default: every Pulumi.<name>.yaml)', append)
  .option('--manifests <path>', 'a file or directory with rendered YAML or JSON; repeatable', append)
  .option('--environment <name>', 'whose levels manifests are held to (default: prod)')
  .option('--config <file>', 'configuration of the rules (default: policy.yaml of this checkout, if it is there)')
  .option('--report <format=file>', 'write a report: table, markdown, sarif, junit or json; repeatable', append)
  .option('--json', 'print everything as one JSON object, the last line of standard output, instead of a table')
  .showHelpAfterError()
  .action((raw: RawPolicyOptions) => answer(() => check(raw)));

program
  .command('config')
  .description("Prints the configuration in Pulumi's own form, for --policy-pack-config.")
  .requiredOption('--environment <name>', 'dev, staging, prod, or another of the configuration')
  .option('--config <file>', 'configuration of the rules (default: policy.yaml of this checkout, if it is there)')
  .action(({ environment, config }: { readonly environment: string; readonly config?: string }) =>
    answer(() => {
      const { configuration } = loadPolicyConfiguration(checkout, config);
      print(packConfiguration(configuration, environment));
    }),
  );

program
  .command('schema')
  .description('Prints the JSON schema of policy.yaml, for editors.')
  .action(() => answer(() => print(configurationSchema(allRules))));

program
  .command('rules')
  .description('Lists the rules with their level in each environment.')
  .option('--config <file>', 'configuration of the rules (default: policy.yaml of this checkout, if it is there)')
  .option('--json', 'print them as JSON, with their parameters')
  .action((raw: { readonly config?: string; readonly json?: boolean }) =>
    answer(() => {
      const rules = listRules(allRules, loadPolicyConfiguration(checkout, raw.config).configuration);
      if (raw.json === true) print(rules);
      else process.stdout.write(`${describeRules(rules)}\n`);
    }),
  );

await program.parseAsync();

async function check(raw: RawPolicyOptions): Promise<void> {
  const options = parsePolicyOptions(raw, checkout);
  const run = await showing(phasesOf(options), (phases, abort) =>
    runPolicy({ options, phases, abort, environment: process.env, now: () => new Date() }),
  );
  if (runFails(run)) process.exitCode = 1;
  process.stdout.write(textOf(run, options));
  // Last, so that a file that cannot be written takes nothing from what was found.
  writeReports(run, options.reports);
}

function textOf(run: PolicyRun, { json }: PolicyOptions): string {
  return json
    ? // In JSON this is the same text, and no command to GitHub's runner.
      `${JSON.stringify(jsonReport(run)).replaceAll('##[', String.raw`\u0023#[`)}\n`
    : tableReport(run, process.stdout.isTTY && process.stdout.hasColors());
}

async function showing<T>(
  phaseNames: readonly string[],
  work: (phases: Phases, abort: AbortController) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const stop = (signal: NodeJS.Signals): void => abort.abort(new Error(`ended by ${signal}`));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const display: PhaseDisplay = chooseDisplay(phaseNames);
  const phases = new Phases(display, () => performance.now());
  try {
    return await work(phases, abort);
  } catch (error) {
    throw abort.signal.aborted ? abort.signal.reason : error;
  } finally {
    await display.close();
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
  }
}

async function answer(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    process.stderr.write(`\n${withoutCommands(visibleLines(message))}\n`);
    if (process.env['TRACEWRIGHT_DEBUG'] !== undefined && error instanceof Error)
      process.stderr.write(`${error.stack ?? ''}\n`);
    process.exitCode = 1;
  }
}

function append(value: string, others: readonly string[] = []): readonly string[] {
  return [...others, value];
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
