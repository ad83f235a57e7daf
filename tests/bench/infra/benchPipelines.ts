import { clustersDirectory, createClusterIdentity } from '../../../tools/cluster/clusterIdentity.ts';
import { createClusterLayout } from '../../../tools/cluster/clusterLayout.ts';
import { loadKubeConfig } from '../../../tools/kube/connection.ts';
import { importTestImages } from '../../support/testImages.ts';
import { atLeastOfPeer, observe, type Measured, type Observation } from '../figure.ts';
import { BarePipeline } from './barePipeline.ts';
import { readDeployedSettings, type DeployedSettings } from './deployedSettings.ts';
import { measureRun, type MeasuredRun } from './measuredRun.ts';
import { fullQueueMemory, idleMemory } from './memory.ts';
import { PodPipeline } from './podPipeline.ts';
import { LostSpansError, stages, type Pipeline } from './pipeline.ts';

/** What {@link benchPipelines} needs. */
export interface PipelineBenchOptions {
  readonly checkout: string;
  /** A running local cluster with the dev stack, and nothing else to do. */
  readonly cluster: string;
  /** Pairs of runs. */
  readonly runs: number;
  /** Spans of a run. */
  readonly spans: number;
  readonly report: (text: string) => void;
}

/** Runs of each side that do not count: Java compiles what is used often, and the pace is found. */
const warmUps = 3;

/** So many runs may lose spans: they are reported, do not count, and are run again. */
const lostRunsAllowed = 3;

const namespace = 'tracing';
const peer = 'the same programs and settings on the host, without pods';

/** Loads the pods and, in turn with them, the same programs on the host; whoever is not loaded idles. */
export async function benchPipelines(options: PipelineBenchOptions): Promise<Measured> {
  const { checkout, cluster, report } = options;
  const { cgroupName, context, stateDirectory } = createClusterIdentity(
    cluster,
    checkout,
    clustersDirectory(process.env),
  );
  const kube = loadKubeConfig({ kubeconfigPath: createClusterLayout(stateDirectory).kubeconfig, context });
  await importTestImages(cluster, ['span-load']);
  const settings = await readDeployedSettings(kube, namespace);
  await using pods = await PodPipeline.create({ kube, cgroupName, namespace, settings });
  await using bare = await BarePipeline.start(settings);
  report('both sides are ready');
  const memory = idleMemory(pods);
  const sides = { pods: { pipeline: pods, other: bare }, bare: { pipeline: bare, other: pods } };
  const { lost, ...runs } = await loadInTurn(options, { cgroupName, sides, inFlight: queueSize(settings) });
  memory.push(...(await fullQueueMemory(bare, queueSize(settings))));
  return {
    figures: [
      atLeastOfPeer(
        'spans from the agent into Elasticsearch, in pods',
        { runs: rates(runs.pods), peer, peerRuns: rates(runs.bare) },
        0.9,
        'spans/s',
      ),
    ],
    observations: [
      observe('runs that lost spans, and were run again', [lost], 'runs'),
      ...observeRuns('pods', runs.pods),
      ...observeRuns('bare', runs.bare),
      ...memory,
    ],
  };
}

type SideName = 'pods' | 'bare';
type Sides = Readonly<Record<SideName, { readonly pipeline: Pipeline; readonly other: Pipeline }>>;

interface LoadedInTurn {
  readonly pods: readonly MeasuredRun[];
  readonly bare: readonly MeasuredRun[];
  /** Runs that lost spans. */
  readonly lost: number;
}

interface TurnOptions {
  readonly cgroupName: string;
  readonly sides: Sides;
  /** What one collector's queue takes: whoever waits in it, a busy collector drops nothing. */
  readonly inFlight: number;
}

async function loadInTurn(
  { runs, spans, report }: PipelineBenchOptions,
  { cgroupName, sides, inFlight }: TurnOptions,
): Promise<LoadedInTurn> {
  const measured: Record<SideName, MeasuredRun[]> = { pods: [], bare: [] };
  let lost = 0;
  for (let run = 1 - warmUps; run <= runs; run++) {
    for (const side of ['pods', 'bare'] as const) {
      const result = await withoutLoss(async () => {
        const load = { service: `load-${side}-${run + warmUps}-${lost}`, spans, inFlight };
        return measureRun({ ...sides[side], cgroupName, load });
      });
      const name = run > 0 ? `run ${run} of ${runs}` : 'warm-up';
      report(`${name}, ${side}: ${result.spansPerSecond.toFixed(0)} spans/s in ${result.seconds.toFixed(1)} s`);
      if (run > 0) measured[side].push(result);
    }
  }
  return { ...measured, lost };

  async function withoutLoss(measure: () => Promise<MeasuredRun>): Promise<MeasuredRun> {
    for (;;) {
      try {
        return await measure();
      } catch (error) {
        if (!(error instanceof LostSpansError) || lost === lostRunsAllowed) throw error;
        report(error.message);
        lost += 1;
      }
    }
  }
}

function rates(runs: readonly MeasuredRun[]): readonly number[] {
  return runs.map(({ spansPerSecond }) => Math.round(spansPerSecond));
}

function observeRuns(side: SideName, runs: readonly MeasuredRun[]): readonly Observation[] {
  const of = (name: string, unit: string, read: (run: MeasuredRun) => number): Observation =>
    observe(`${side}: ${name}`, runs.map(read), unit);
  return [
    of('length of a run', 's', ({ seconds }) => seconds),
    of('size of a span in a packet', 'bytes', ({ bytesPerSpan }) => bytesPerSpan),
    of("readings of the agent's metrics by the load", 'readings', ({ readings }) => readings),
    ...stages.flatMap((stage) => [
      of(`processor time, ${stage}`, 's', ({ cpuSeconds }) => cpuSeconds[stage]),
      of(`spans a second of processor time, ${stage}`, 'spans', (run) => run.spans / run.cpuSeconds[stage]),
      of(`held back by the limit, ${stage}`, 's', ({ heldBackSeconds }) => heldBackSeconds[stage]),
    ]),
    of('processor time, load', 's', ({ cpuSeconds }) => cpuSeconds.load),
    of('processor time, the other side', 's', ({ cpuSeconds }) => cpuSeconds.otherSide),
    of('processor time, the cluster apart from these', 's', ({ cpuSeconds }) => cpuSeconds.cluster),
    of('processor time, everybody else on the machine', 's', ({ cpuSeconds }) => cpuSeconds.rest),
    of('processors idle', 'share', ({ idleShare }) => idleShare),
  ];
}

function queueSize({ collector }: DeployedSettings): number {
  return Number(collector.environment['COLLECTOR_QUEUE_SIZE']);
}
