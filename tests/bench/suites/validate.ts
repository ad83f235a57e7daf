import { loadavg } from 'node:os';
import { loadKubeConfig } from '../../../tools/kube/connection.ts';
import { MetricsServer } from '../../e2e/support/metricsServer.ts';
import { npmRun, npmRunJson } from '../../support/commands.ts';
import { breakages } from '../../support/validate/breakages.ts';
import { validateStack, type ValidatedStack } from '../../support/validate/validateStack.ts';
import { atMost, none, observe, type Figure, type Measured } from '../figure.ts';
import { alarmsIn } from '../validate/alarmsIn.ts';
import { benchBreakages } from '../validate/benchBreakages.ts';
import { deployBreakable } from '../validate/breakableStack.ts';

/** How the suite `validate` is run. */
export interface ValidateBenchOptions {
  readonly checkout: string;
  /** Runs of each time. */
  readonly runs: number;
  /** Runs on a sound stack, each of which must raise no alarm. */
  readonly soundRuns: number;
  readonly report: (text: string) => void;
}

/** Name of the local cluster that the suite starts and removes. */
const cluster = 'bench';
const namespace = 'tracing';
const UP_SECONDS = 900;
/** Of the breakages, how many must be named. */
const least = 19;

/**
 * Times `npm run validate` on the local stack with its example, with and without `--active`; counts its alarms on the sound stack, and
 * whether it names what is broken, one thing at a time.
 */
export async function benchValidate(options: ValidateBenchOptions): Promise<Measured> {
  const { checkout, runs, soundRuns, report } = options;
  const load = observe('load average of the machine when the suite began', [loadavg()[0] ?? 0], 'processes');
  const down = (): Promise<unknown> => removeCluster(checkout);
  await down();
  try {
    await npmRunJson('up', ['--cluster', cluster], { cwd: checkout, timeoutSeconds: UP_SECONDS });
    const { stdout } = await npmRun('cluster', ['kubeconfig', '--name', cluster], { cwd: checkout });
    const kube = loadKubeConfig({ kubeconfigPath: stdout.trim() });
    report('the local stack runs');
    const dev: ValidatedStack = { checkout, cluster, name: 'dev', namespace };
    const passive = await timed(options, runs, dev, []);
    const active = await timed(options, runs, dev, ['--active']);
    const alarms = await soundStack(options, soundRuns, dev);
    await using metrics = await MetricsServer.start(kube, 'metrics', cluster);
    report(`metrics are served from namespace ${metrics.namespace}`);
    await using breakable = await deployBreakable({ checkout, cluster, kube, storage: namespace });
    const stacks = { dev, breakable: breakable.stack };
    const validate = (stack: ValidatedStack) => validateStack(stack, []);
    const missed = await benchBreakages({ kube, breakages, stacks, validate, report });
    return {
      figures: [
        atMost('validate of the local stack', passive, 60, 's'),
        atMost('validate --active of the local stack', active, 180, 's'),
        atLeastNamed(missed),
        none(
          'alarms on a sound stack',
          alarms.map(({ length }) => length),
          'findings',
          [...new Set(alarms.flat())].join('; ') || undefined,
        ),
      ],
      observations: [load],
    };
  } finally {
    await down();
  }
}

/**
 * Seconds of some runs, each from npm's start to its end.
 * @throws Error when a run did not find all of the stack sound: its time would say nothing
 */
async function timed(
  { report }: ValidateBenchOptions,
  runs: number,
  stack: ValidatedStack,
  args: readonly string[],
): Promise<readonly number[]> {
  const seconds: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now();
    const validated = await validateStack(stack, args);
    seconds.push((performance.now() - started) / 1000);
    const alarms = alarmsIn(validated);
    if (alarms.length > 0) throw new Error(`a timed run is not of a sound stack: ${alarms.join('; ')}`);
    report(`validate ${args.join(' ')}: ${(seconds.at(-1) ?? 0).toFixed(1)} s`);
  }
  return seconds;
}

/** What has failed, or was not examined, in each of some runs on a stack that nobody has touched. */
async function soundStack(
  { report }: ValidateBenchOptions,
  runs: number,
  stack: ValidatedStack,
): Promise<readonly (readonly string[])[]> {
  const alarms: (readonly string[])[] = [];
  for (let run = 0; run < runs; run += 1) alarms.push(alarmsIn(await validateStack(stack, [])));
  report(`sound stack: ${alarms.flat().length} alarms in ${runs} runs`);
  return alarms;
}

function atLeastNamed(missed: readonly string[]): Figure {
  const value = breakages.length - missed.length;
  return {
    name: `breakages named, of ${breakages.length}`,
    value,
    unit: 'breakages',
    goal: `>= ${least} breakages`,
    ok: value >= least,
    runs: [value],
    ...(missed.length === 0 ? {} : { note: `not named: ${missed.join('; ')}` }),
  };
}

async function removeCluster(checkout: string): Promise<void> {
  const { exitCode, stderr } = await npmRun('down', ['--cluster', cluster], { cwd: checkout });
  if (exitCode !== 0) throw new Error(`the cluster ${cluster} could not be removed:\n${stderr}`);
}
