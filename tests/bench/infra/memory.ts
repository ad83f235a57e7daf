import { setTimeout as sleep } from 'node:timers/promises';
import { readProc } from '../../../tools/process/processIdentity.ts';
import { sumOfMetric } from '../../support/sumOfMetric.ts';
import { observe, type Observation } from '../figure.ts';
import type { BarePipeline } from './barePipeline.ts';
import type { BareJaegerProgram } from './bareJaeger.ts';
import type { PodPipeline } from './podPipeline.ts';

/** What of a queue must be full for it to count as full. */
const NEARLY = 0.98;

/** So long may it take until the queues are full; requests to a storage that is held are given up after 30 s (`ES_TIMEOUT`). */
const FILL_SECONDS = 60;

/** Spans that are sent to each collector before its queue is looked at again. */
const FLOOD = 500;

/** Memory of Jaeger's processes that have seen one trace at most. */
export function idleMemory({ processes, queries }: PodPipeline): Observation[] {
  const observeMemory = (name: string, pids: readonly string[]): Observation =>
    observe(
      `resident memory without load, ${name}`,
      pids.map((pid) => mebibytes(pid, 'VmRSS')),
      'MiB',
    );
  return [
    observeMemory('agent', processes.agent),
    observeMemory('collector', processes.collector),
    observeMemory('query', queries),
  ];
}

/** Peak memory of collectors whose queues are full, of spans as the runs send them and of the largest that UDP carries. */
export async function fullQueueMemory(bare: BarePipeline, queueSize: number): Promise<readonly Observation[]> {
  const observations: Observation[] = [];
  for (const [name, tagBytes] of [
    ['spans of the runs', 0],
    ['spans of 60 kB', 59_000],
  ] as const) {
    await fillQueues(bare, queueSize, tagBytes);
    const peaks = bare.processes.collector.map((pid) => mebibytes(pid, 'VmHWM'));
    bare.holdStorage(false);
    observations.push(observe(`peak memory, collector with a queue of ${queueSize} ${name}`, peaks, 'MiB'));
    await drain(bare.collectors);
  }
  const agents = bare.processes.agent.map((pid) => mebibytes(pid, 'VmHWM'));
  return [...observations, observe('peak memory of all this, agent', agents, 'MiB')];
}

async function fillQueues(bare: BarePipeline, queueSize: number, tagBytes: number): Promise<void> {
  const deadline = Date.now() + FILL_SECONDS * 1000;
  bare.holdStorage(true);
  while ((await shortestQueue(bare.collectors)) < queueSize * NEARLY) {
    if (Date.now() > deadline) throw new Error(`the queues are not full after ${FILL_SECONDS} s`);
    await bare.flood(FLOOD * bare.collectors.length, tagBytes);
  }
}

async function drain(collectors: readonly BareJaegerProgram[]): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const lengths = await queueLengths(collectors);
    if (lengths.every((length) => length === 0)) return;
    await sleep(200);
  }
  throw new Error('the queues are not empty after 120 s');
}

async function shortestQueue(collectors: readonly BareJaegerProgram[]): Promise<number> {
  return Math.min(...(await queueLengths(collectors)));
}

function queueLengths(collectors: readonly BareJaegerProgram[]): Promise<readonly number[]> {
  return Promise.all(
    collectors.map(async ({ adminUrl }) =>
      sumOfMetric(await (await fetch(`${adminUrl}/metrics`)).text(), 'jaeger_collector_queue_length'),
    ),
  );
}

function mebibytes(pid: string, field: 'VmRSS' | 'VmHWM'): number {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readProc(`/proc/${pid}/status`) ?? '')?.[1];
  if (kibibytes === undefined) throw new Error(`process ${pid} has no ${field}`);
  return Number(kibibytes) / 1024;
}
