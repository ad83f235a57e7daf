import { ownText } from '../../core/ownText.ts';
import { TimeoutError } from '../../core/timeoutError.ts';
import { toError } from '../../core/toError.ts';
import { withTimeout } from '../../core/withTimeout.ts';
import { checkedRound, gapOfAll, joinedRounds } from '../checkedRound.ts';
import type { ReadingRound } from '../metricReading.ts';
import { ContainerReader } from './cgroup/containerReader.ts';
import { fileSystemSource } from './sources/fileSystemSource.ts';
import { libraryDiskOperationSource, libraryDiskTrafficSource } from './sources/libraryDiskSources.ts';
import { libraryNetworkSource } from './sources/libraryNetworkSource.ts';
import { linuxDiskSource } from './sources/linuxDiskSource.ts';
import { linuxNetworkSource } from './sources/linuxNetworkSource.ts';
import { loadSource } from './sources/loadSource.ts';
import { memorySource } from './sources/memorySource.ts';
import { processorSource } from './sources/processorSource.ts';
import type { SystemSource } from './sources/systemSource.ts';
import type { SystemPorts } from './systemPorts.ts';

interface AskedSource {
  readonly source: SystemSource;
  /** Whether it is still working on an answer. */
  isBusy: boolean;
  last: { readonly askedMillis: number; readonly answeredMillis: number; readonly round: ReadingRound } | undefined;
}

const MAX_REASON = 200;
/** How old the last answer of a source may be that has not answered in time. */
const LATE_FRESH_MILLIS = 10_000;

/**
 * Asks every source of the machine, each by itself: one that fails, tells nonsense or hangs leaves a gap, and the others are
 * not kept waiting longer than the timeout. One that takes longer than that, but answers, is told by its last answer, which
 * was given no more than ten seconds ago.
 */
export class SystemReader {
  readonly #host: SystemPorts['host'];
  readonly #asked: readonly AskedSource[];

  constructor(ports: SystemPorts) {
    this.#host = ports.host;
    this.#asked = allSources(ports).map((source) => ({ source, isBusy: false, last: undefined }));
  }

  /** Never rejects. @param timeoutMillis - how long each source may take */
  async read(timeoutMillis: number): Promise<ReadingRound> {
    return joinedRounds(await Promise.all(this.#asked.map((asked) => this.#ask(asked, timeoutMillis))));
  }

  async #ask(asked: AskedSource, timeoutMillis: number): Promise<ReadingRound> {
    const { source, last } = asked;
    const nowMillis = this.#host.monotonicMillis();
    if (asked.isBusy) return this.#lastAnswer(asked, 'is still at what it was asked before');
    if (last !== undefined && nowMillis - last.askedMillis < (source.freshMillis ?? 0)) return last.round;
    try {
      return await withTimeout(this.#answer(asked), { operation: source.name, timeoutMillis, host: this.#host });
    } catch (error) {
      if (error instanceof TimeoutError) return this.#lastAnswer(asked, `took longer than ${seconds(timeoutMillis)}`);
      return gapRound(source, ownText(toError(error).message, MAX_REASON));
    }
  }

  /** An answer that comes too late for its round is kept for the next. */
  async #answer(asked: AskedSource): Promise<ReadingRound> {
    const askedMillis = this.#host.monotonicMillis();
    asked.isBusy = true;
    try {
      const round = await answerOf(asked.source);
      asked.last = { askedMillis, answeredMillis: this.#host.monotonicMillis(), round };
      return round;
    } catch (error) {
      asked.last = undefined;
      throw error;
    } finally {
      asked.isBusy = false;
    }
  }

  #lastAnswer({ source, last }: AskedSource, whyNoOther: string): ReadingRound {
    const isFresh = last !== undefined && this.#host.monotonicMillis() - last.answeredMillis <= LATE_FRESH_MILLIS;
    return isFresh ? last.round : gapRound(source, whyNoOther);
  }
}

function allSources(ports: SystemPorts): readonly SystemSource[] {
  const container = new ContainerReader(ports);
  const everywhere = [
    processorSource(ports, () => container.readProcessors()),
    loadSource(ports),
    memorySource(ports, () => container.readMemory()),
    fileSystemSource(ports),
  ];
  if (ports.platform === 'linux') return [...everywhere, linuxDiskSource(ports), linuxNetworkSource(ports)];
  return [
    ...everywhere,
    libraryDiskTrafficSource(ports),
    libraryDiskOperationSource(ports),
    libraryNetworkSource(ports),
  ];
}

async function answerOf(source: SystemSource): Promise<ReadingRound> {
  const { readings, gaps = [] } = await source.read();
  return joinedRounds([checkedRound(source, readings), { readings: [], gaps }]);
}

function gapRound(source: SystemSource, reason: string): ReadingRound {
  return { readings: [], gaps: [gapOfAll(source, reason)] };
}

function seconds(millis: number): string {
  return `${Math.round(millis / 100) / 10} s`;
}
