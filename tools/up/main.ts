import { Command } from 'commander';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { chooseDisplay } from '../console/chooseDisplay.ts';
import type { PhaseDisplay } from '../console/phaseDisplay.ts';
import { Phases } from '../console/phases.ts';
import { apiErrorText } from '../kube/apiErrorText.ts';
import type { CommandContext } from '../stack/commandContext.ts';
import { parseUpOptions, type RawUpOptions } from '../stack/options.ts';
import { ProtectionOffError } from './destroyStack.ts';
import { down } from './down.ts';
import { preview } from './preview.ts';
import { describeStatus, status } from './status.ts';
import { describeSummary } from './summary.ts';
import { up } from './up.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const upPhases = ['toolchain', 'cluster', 'images', 'stack', 'gateway', 'example', 'page', 'request', 'trace'];
const examplePhases = ['example', 'page'];

const program = new Command('tracewright')
  .description('Jaeger on Kubernetes, from a bare machine to a trace.')
  .showHelpAfterError();

withTarget(program.command('up'))
  .description('Deploys the stack and the checkout example, sends a request and reads its trace back.')
  .option('--ui-port <port>', 'loopback port for traces (default: 16686, or a free one)')
  .option('--page-port <port>', "loopback port of the page of the example's storefront (default: 4319, or a free one)")
  .option('--api-port <port>', "loopback port of the local cluster's API server")
  .option(
    '--example-image <image>',
    "the checkout example's image on a cluster of yours; see examples/checkout/README.md",
  )
  .option('--no-example', 'deploy the stack alone, and prove it by a trace that is sent from this machine')
  .option('--outputs-file <file>', "where the stack's outputs are written (default: beside the state of its cluster)")
  .option('--yes', 'change a cluster of yours without asking')
  .option('--forget-cluster', 'the cluster that the stack was deployed to is gone: deploy all of it anew')
  .action((raw: RawUpOptions) =>
    run(
      raw,
      upPhases.filter((phase) => raw.example !== false || !examplePhases.includes(phase)),
      async (command) => {
        const summary = await up(command);
        return { json: summary.result, text: describeSummary(summary) };
      },
    ),
  );

withTarget(program.command('down'))
  .description(
    'Removes what up made: the local cluster as a whole, or the stack and the example on a cluster of yours.',
  )
  .option('--keep-cluster', 'remove the stack and the example only')
  .option(
    '--delete-data <stack>',
    'delete this stack though deletion protection keeps it; once for each such stack',
    (stack: string, others: readonly string[]) => [...others, stack],
    [],
  )
  .option('--yes', 'change a cluster of yours without asking')
  .action((raw: RawUpOptions & { readonly keepCluster?: boolean }) =>
    run(raw, ['toolchain', 'example', 'stack', 'cluster'], async (command) => {
      const result = await down(command, raw.keepCluster ?? false);
      const removed = [
        ...(result.stackDestroyed ? ['stack and example'] : []),
        ...(result.clusterRemoved ? ['local cluster'] : []),
      ];
      const left = result.stackLeft === undefined ? '' : `\nYour backend still has the stack: ${result.stackLeft}`;
      return { json: result, text: `Removed: ${removed.join(', ') || 'nothing, there was nothing'}.${left}` };
    }),
  );

withTarget(program.command('preview'))
  .description('Shows what up would change, under the policy pack; exits with 1 on a breach.')
  .action((raw: RawUpOptions) =>
    run(raw, ['toolchain', 'preview'], async (command) => {
      const result = await preview(command);
      return { json: { changes: result.changes }, text: result.text };
    }),
  );

withCluster(program.command('status'))
  .description('Says what runs, and what waits for what; exits with 1 unless all is healthy.')
  .action((raw: Omit<RawUpOptions, 'stack'>) =>
    run({ ...raw, stack: 'dev' }, [], async (command) => {
      const result = await status(command);
      if (!result.healthy) process.exitCode = 1;
      return { json: result, text: describeStatus(result) };
    }),
  );

await program.parseAsync();
// Idle connections to the API server would hold the process for seconds after its answer.
process.exit();

function withTarget(command: Command): Command {
  return withCluster(command)
    .option('--stack <name>', 'Pulumi stack, configured in Pulumi.<name>.yaml', 'dev')
    .option('--config-file <file>', "another file for the stack's configuration");
}

function withCluster(command: Command): Command {
  return command
    .option('--context <name>', 'a context of your kubeconfig instead of the local cluster')
    .option('--cluster <name>', 'name of the local cluster', 'dev')
    .option('--json', 'print the result as one JSON object, the last line of standard output');
}

interface Answer {
  readonly json: unknown;
  readonly text: string;
}

async function run(
  raw: RawUpOptions,
  phaseNames: readonly string[],
  work: (command: CommandContext) => Promise<Answer>,
): Promise<void> {
  const abort = new AbortController();
  const stop = (signal: NodeJS.Signals): void =>
    abort.abort(new Error(`ended by ${signal}; run the command again to go on`));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  let display: PhaseDisplay | undefined;
  try {
    const options = parseUpOptions(raw, checkout);
    display = chooseDisplay(phaseNames);
    const phases = new Phases(display, () => performance.now());
    phases.record('install', Number(process.env['TRACEWRIGHT_INSTALL_SECONDS'] ?? 0));
    const answer = await work({ options, phases, abort, confirm, environment: process.env });
    await display.close();
    if (!options.json) process.stdout.write(`${answer.text.trimEnd()}\n`);
    else process.stdout.write(`${JSON.stringify(answer.json)}\n`);
  } catch (error) {
    await display?.close();
    const isWhole = error instanceof ProtectionOffError;
    const cause: unknown = abort.signal.aborted && !isWhole ? abort.signal.reason : error;
    const name = cause instanceof Error ? cause.name : 'Error';
    process.stderr.write(`\n${name}: ${apiErrorText(cause)}\n`);
    if (process.env['TRACEWRIGHT_DEBUG'] !== undefined && cause instanceof Error)
      process.stderr.write(`${cause.stack ?? ''}\n`);
    process.exitCode = 1;
  }
  process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
}

async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
