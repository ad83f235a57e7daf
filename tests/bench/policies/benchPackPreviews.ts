import { resolveSettings } from '../../../policies/configuration/resolveSettings.ts';
import { evaluate } from '../../../policies/evaluation/evaluate.ts';
import { KubernetesObject } from '../../../policies/kubernetes/object.ts';
import { allRules } from '../../../policies/rules/allRules.ts';
import { withTemporaryDirectory } from '../../../tools/process/temporaryDirectory.ts';
import { atMost, atMostOfPeer, observe, type Measured, type Observation } from '../figure.ts';
import { countResources, PreviewProject } from './previewProject.ts';
import { manyDeployments } from './program/manyDeployments.ts';

/** What {@link benchPackPreviews} needs. */
export interface PackPreviewsOptions {
  readonly checkout: string;
  /** Runs of each preview. */
  readonly runs: number;
  /** How many Deployments; five times as many are compared with them. */
  readonly deployments: number;
  /** In how many of the runs five times as many are previewed too, which takes some minutes each time. */
  readonly largeRuns: number;
  readonly report: (text: string) => void;
}

/** How many times as many Deployments must take as long for each resource. */
const times = 5;
const mostSeconds = 2;
const mostRatio = 1.3;
/** What a profile of the pack's process found (node --cpu-prof, 2026-11-26). */
const profile =
  'Profile: most of it is not the rules but @pulumi/policy 1.21 itself, which decodes every resource three times with google-protobuf ' +
  '(remediation, check, stack): see the pack without a policy';

/** A preview under a pack, right after the same one without. */
interface Pair {
  readonly without: number;
  readonly with: number;
}

interface Run {
  readonly nothing: Pair;
  readonly some: Pair;
  /** Not in every run. */
  readonly large?: {
    readonly many: Pair;
    /** Of `@pulumi/policy` without a policy, beyond the preview of some. */
    readonly emptyPack: number;
  };
}

/**
 * Times previews of nothing, of many Deployments and of five times as many, without and with the pack, in turn. What a preview with the
 * pack takes longer than the one before it is the pack's.
 */
export async function benchPackPreviews(options: PackPreviewsOptions): Promise<Measured> {
  const runs = await withTemporaryDirectory('bench', async (directory) => {
    const project = await PreviewProject.create(options.checkout, directory);
    // The first preview of a machine reads every program from its disk.
    await project.preview(1, 'tracewright');
    const measured: Run[] = [];
    for (let run = 1; run <= options.runs; run++) {
      measured.push(await measure(project, options.deployments, run <= options.largeRuns));
      options.report(`previews ${run} of ${options.runs}: ${describe(measured.at(-1))}`);
    }
    return measured;
  });
  return judge(runs, options.deployments);
}

async function measure(project: PreviewProject, deployments: number, isLarge: boolean): Promise<Run> {
  const pair = async (count: number): Promise<Pair> => ({
    without: await project.preview(count, 'none'),
    with: await project.preview(count, 'tracewright'),
  });
  const some = await pair(deployments);
  const run = { nothing: await pair(0), some };
  if (!isLarge) return run;
  const emptyPack = (await project.preview(deployments, 'empty')) - some.without;
  return { ...run, large: { many: await pair(deployments * times), emptyPack } };
}

function judge(runs: readonly Run[], deployments: number): Measured {
  const [some, many] = [deployments, deployments * times];
  const shared = countResources(some) - some;
  const large = runs.flatMap((run) => (run.large === undefined ? [] : [{ ...run, ...run.large }]));
  // What the start takes says nothing of a resource.
  const each = (count: number, pairOf: (run: (typeof large)[number]) => Pair): readonly number[] =>
    large.map((run) => (1000 * (beyond(pairOf(run)) - beyond(run.nothing))) / countResources(count));
  const alone = [some, many].map((count) => runs.map(() => (1000 * evaluateAlone(count)) / count));
  return {
    figures: [
      atMost(
        `policy pack beyond the preview of ${some} Deployments`,
        runs.map((run) => beyond(run.some)),
        mostSeconds,
        's',
        `${allRules.length} rules; the start of the pack counts; the Deployments share ${shared} other objects. ${profile}`,
      ),
      atMostOfPeer(
        `rules alone, for each of ${many} Deployments`,
        { runs: alone[1] ?? [], peer: `the same of ${some} Deployments`, peerRuns: alone[0] ?? [] },
        mostRatio,
        'ms',
        'in one process',
      ),
      ...(large.length === 0
        ? []
        : [
            atMostOfPeer(
              `policy pack under the engine, for each resource of ${many} Deployments`,
              {
                runs: each(many, (run) => run.many),
                peer: `the same of ${some} Deployments`,
                peerRuns: each(some, (run) => run.some),
              },
              mostRatio,
              'ms',
              `without the start of the pack; ${large.length} of the runs`,
            ),
          ]),
    ],
    observations: [
      observe(
        'policy pack beyond the preview of nothing: its start',
        runs.map(({ nothing }) => beyond(nothing)),
        's',
      ),
      observe(
        `preview of ${some} Deployments without a pack`,
        runs.map((run) => run.some.without),
        's',
      ),
      ...(large.length === 0 ? [] : largeObservations(large, some)),
    ],
  };
}

function largeObservations(large: readonly NonNullable<Run['large']>[], some: number): readonly Observation[] {
  return [
    observe(
      `preview of ${some * times} Deployments without a pack`,
      large.map((run) => run.many.without),
      's',
    ),
    observe(
      `policy pack beyond the preview of ${some * times} Deployments`,
      large.map((run) => beyond(run.many)),
      's',
    ),
    observe(
      `a pack of @pulumi/policy without a policy, beyond the preview of ${some} Deployments`,
      large.map(({ emptyPack }) => emptyPack),
      's',
    ),
  ];
}

function beyond(pair: Pair): number {
  return pair.with - pair.without;
}

function evaluateAlone(deployments: number): number {
  const source = { file: 'deployments.yaml', line: 1 };
  const objects = manyDeployments(deployments).map(
    (body) => new KubernetesObject(body.apiVersion, body.kind, body, source, body.metadata.name),
  );
  const settings = resolveSettings(allRules, {}, 'prod');
  const started = performance.now();
  const { findings } = evaluate(allRules, objects, settings, new Date());
  const seconds = (performance.now() - started) / 1000;
  if (findings.length > 0)
    throw new Error(`the rules found ${findings.length} things that the program should not have`);
  return seconds;
}

function describe(run: Run | undefined): string {
  if (run === undefined) return '';
  const shown = ({ without, with: under }: Pair): string => `${without.toFixed(1)} and ${under.toFixed(1)} s`;
  const many = run.large === undefined ? '' : `, many ${shown(run.large.many)}`;
  return `nothing ${shown(run.nothing)}, some ${shown(run.some)}${many} without and with the pack`;
}
