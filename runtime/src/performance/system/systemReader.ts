import { ownText } from '../../core/ownText.ts';
import { TimeoutError } from '../../core/timeoutError.ts';
import { toError } from '../../core/toError.ts';
import { withTimeout } from '../../core/withTimeout.ts';
import { checkedRound, gapOfAll, joinedRounds } from '../checkedRound.ts';
import type { ReadingRound } from '../reading.ts';
import { ContainerReader } from './cgroup/containerReader.ts';
import { diskOperationSource, diskTrafficSource } from './sources/diskSources.ts';
import { fileSystemSource } from './sources/fileSystemSource.ts';
import { loadSource } from './sources/loadSource.ts';
import { memorySource } from './sources/memorySource.ts';
import { networkSource } from './sources/networkSource.ts';
import { processorSource } from './sources/processorSource.ts';
import type { SystemSource } from './sources/systemSource.ts';
import type { SystemPorts } from './systemPorts.ts';

interface AskedSource {
  readonly source: SystemSource;
  /** Since when it has been working on an answer. */
  busySinceMillis: number | undefined;
  last: { readonly atMillis: number; readonly round: ReadingRound } | undefined;
}

const MAX_REASON = 200;

/**
 * Asks every source of the machine, each by itself: one that is slow, fails or tells nonsense leaves a gap, and the others
 * are not kept waiting longer than the timeout.
 */
export class SystemReader {
  readonly #host: SystemPorts['host'];
  readonly #asked: readonly AskedSource[];

  constructor(ports: SystemPorts) {
    this.#host = ports.host;
    const container = new ContainerReader(ports);
    const readContainer = () => container.read();
    const sources = [
      processorSource(ports, readContainer),
      loadSource(ports),
      memorySource(ports, readContainer),
      fileSystemSource(ports),
      diskTrafficSource(ports),
      diskOperationSource(ports),
      networkSource(ports),
    ];
    this.#asked = sources.map((source) => ({ source, busySinceMillis: undefined, last: undefined }));
  }

  /** Never rejects. @param timeoutMillis - how long each source may take */
  async read(timeoutMillis: number): Promise<ReadingRound> {
    return joinedRounds(await Promise.all(this.#asked.map((asked) => this.#ask(asked, timeoutMillis))));
  }

  async #ask(asked: AskedSource, timeoutMillis: number): Promise<ReadingRound> {
    const { source, last, busySinceMillis } = asked;
    const nowMillis = this.#host.monotonicMillis();
    if (busySinceMillis !== undefined) return gapRound(source, 'is still at what it was asked before');
    if (last !== undefined && nowMillis - last.atMillis < (source.freshMillis ?? 0)) return last.round;
    asked.busySinceMillis = nowMillis;
    const work = answerOf(source).finally(() => (asked.busySinceMillis = undefined));
    try {
      const round = await withTimeout(work, { operation: source.name, timeoutMillis, host: this.#host });
      asked.last = { atMillis: nowMillis, round };
      return round;
    } catch (error) {
      if (error instanceof TimeoutError) return gapRound(source, `took longer than ${seconds(error.timeoutMillis)}`);
      return gapRound(source, ownText(toError(error).message, MAX_REASON));
    }
  }
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
