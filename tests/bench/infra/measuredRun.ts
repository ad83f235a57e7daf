import { clusterSeconds, heldBackSeconds, machineTime, processSeconds, type MachineTime } from './processorTime.ts';
import { type Pipeline, type SpanLoad, type Stage } from './pipeline.ts';

/** Seconds of processor time, by who used it. */
type ProcessorUse = Readonly<Record<Stage | 'load' | 'otherSide' | 'cluster' | 'rest', number>>;

/** One run, and where the processors' time went meanwhile. */
export interface MeasuredRun {
  readonly spans: number;
  readonly seconds: number;
  readonly spansPerSecond: number;
  /** What a span takes of a packet. */
  readonly bytesPerSpan: number;
  /** How often the load read the agent's metrics; each time costs the agent a moment. */
  readonly readings: number;
  /** From the start of the load's process or pod to its end, which is a little longer than the run. */
  readonly cpuSeconds: ProcessorUse;
  /** Seconds for which limits held a stage back. */
  readonly heldBackSeconds: Readonly<Record<Stage, number>>;
  /** What nobody used. */
  readonly idleShare: number;
}

/** What {@link measureRun} measures. */
export interface RunOptions {
  readonly pipeline: Pipeline;
  /** The side that idles meanwhile. */
  readonly other: Pipeline;
  /** Cgroup of the cluster that one of the two runs in. */
  readonly cgroupName: string;
  readonly load: SpanLoad;
}

/** Loads a pipeline once. @throws Error when a span is lost. */
export async function measureRun({ pipeline, other, cgroupName, load }: RunOptions): Promise<MeasuredRun> {
  const before = takeReading(pipeline, other, cgroupName);
  const result = await pipeline.load(load);
  const after = takeReading(pipeline, other, cgroupName);
  const used = (read: (reading: Reading) => number): number => read(after) - read(before);
  const own = byStage((stage) => used(({ stageSeconds }) => stageSeconds[stage]));
  const ownSeconds = own.agent + own.collector + own.elasticsearch + result.cpuSeconds;
  const otherSide = used(({ otherSeconds }) => otherSeconds);
  const cluster = used(({ clusterSeconds: seconds }) => seconds);
  const busy = used(({ machine }) => machine.busySeconds);
  const idle = used(({ machine }) => machine.idleSeconds);
  // The cluster's time has that of its own side in it.
  const clusterOnly = cluster - (pipeline.inCluster ? ownSeconds : otherSide);
  return {
    spans: result.spans,
    seconds: result.seconds,
    spansPerSecond: result.spans / result.seconds,
    bytesPerSpan: result.bytes / result.spans,
    readings: result.readings,
    cpuSeconds: {
      ...own,
      load: result.cpuSeconds,
      otherSide,
      cluster: clusterOnly,
      rest: busy - ownSeconds - otherSide - clusterOnly,
    },
    heldBackSeconds: byStage((stage) => used(({ heldBack }) => heldBack[stage])),
    idleShare: idle / (idle + busy + used(({ machine }) => machine.stolenSeconds)),
  };
}

interface Reading {
  readonly stageSeconds: Readonly<Record<Stage, number>>;
  readonly heldBack: Readonly<Record<Stage, number>>;
  readonly otherSeconds: number;
  readonly clusterSeconds: number;
  readonly machine: MachineTime;
}

function takeReading(pipeline: Pipeline, other: Pipeline, cgroupName: string): Reading {
  return {
    stageSeconds: byStage((stage) => processSeconds(pipeline.processes[stage])),
    heldBack: byStage((stage) => (pipeline.inCluster ? heldBackSeconds(pipeline.processes[stage]) : 0)),
    otherSeconds: processSeconds(Object.values(other.processes).flat()),
    clusterSeconds: clusterSeconds(cgroupName),
    machine: machineTime(),
  };
}

function byStage(read: (stage: Stage) => number): Readonly<Record<Stage, number>> {
  return { agent: read('agent'), collector: read('collector'), elasticsearch: read('elasticsearch') };
}
