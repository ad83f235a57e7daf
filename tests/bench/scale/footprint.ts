import { readProc } from '../../../tools/process/processIdentity.ts';
import { observe, type Observation } from '../figure.ts';
import type { ScaleBed } from './scaleBed.ts';
import { spanIndices, strategies } from './settings.ts';
import { spanFootprint } from './storedSpans.ts';

/** What a span takes of the disks, as all runs so far have left it. Kafka's retention has let nothing go yet. */
export async function observeDisk(bed: ScaleBed): Promise<readonly Observation[]> {
  const footprints = await Promise.all(
    strategies.map((strategy) => spanFootprint(bed.storage.url, spanIndices(strategy))),
  );
  const written = await Promise.all(
    bed.collectors.streaming.map((collector) => collector.metric('jaeger_kafka_spans_written_total')),
  );
  const spans = written.reduce((sum, count) => sum + count, 0);
  return [
    observe(
      'disk of a stored span in Elasticsearch, one copy',
      footprints.map(({ bytes }) => bytes),
      'bytes',
    ),
    observe(
      "Lucene's documents of a stored span",
      footprints.map(({ documents }) => documents),
      'documents',
    ),
    observe('disk of a span in Kafka, one copy', [(await bed.broker.topicBytes()) / spans], 'bytes'),
  ];
}

/** The most memory that each program has had so far. */
export function observeMemory(bed: ScaleBed): readonly Observation[] {
  const peak = (name: string, programs: readonly { readonly pid: string }[]): Observation =>
    observe(
      `peak memory, ${name}`,
      programs.map(({ pid }) => peakMebibytes(pid)),
      'MiB',
    );
  return [
    peak('collector, direct', bed.collectors.direct),
    peak('collector, streaming', bed.collectors.streaming),
    peak('ingester', bed.ingesters),
    peak('Kafka', [bed.broker]),
    peak('Elasticsearch', [bed.storage]),
  ];
}

function peakMebibytes(pid: string): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readProc(`/proc/${pid}/status`) ?? '')?.[1];
  if (kibibytes === undefined) throw new Error(`process ${pid} has no VmHWM`);
  return Number(kibibytes) / 1024;
}
