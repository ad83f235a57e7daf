import { nodeHostProcess } from '../../core/adapters/nodeHostProcess.ts';
import type { Dispose, HostProcess } from '../../core/hostProcess.ts';
import { checkOptions, type OptionKinds, wholeNumber } from '../../core/optionKinds.ts';
import { ownText } from '../../core/ownText.ts';
import { toError } from '../../core/toError.ts';
import { startSystemWorker } from '../adapters/startSystemWorker.ts';
import type { MetricReading, ReadingRound, ReadMetric } from '../metricReading.ts';
import { SYSTEM_METRICS } from './systemMetrics.ts';
import {
  ONE_READING_ONLY,
  type StartSystemWorker,
  type SystemAnswer,
  type SystemWorker,
  type SystemWorkerEvents,
} from './systemWorkerPorts.ts';

/** How a `SystemSampler` reads. */
export interface SystemSamplerOptions {
  /**
   * How often it is read, in milliseconds, 100 to 3,600,000. A round waits for no source longer than that, nor longer than ten
   * seconds: what comes later is told in the next round.
   * @defaultValue 30_000
   */
  readonly intervalMillis?: number;
}

/** What a `SystemSampler` needs. The real ones are used where none are given. */
export interface SystemSamplerPorts {
  readonly host: Pick<HostProcess, 'monotonicMillis' | 'schedule'>;
  readonly startWorker: StartSystemWorker;
}

interface Waiting {
  readonly round: number;
  readonly answered: Promise<ReadingRound>;
  readonly settle: (round: ReadingRound) => void;
}

const OPTION_KINDS: OptionKinds<SystemSamplerOptions> = { intervalMillis: wholeNumber(100, 3_600_000) };
const MAX_TIMEOUT_MILLIS = 10_000;
/** What the thread gets beyond what its sources may take: it may be held by a shell that systeminformation waits for. */
const GRACE_MILLIS = 1000;
/** A thread that leaves so many rounds without an answer for so long is hung; a single one may be the fault of a busy machine. */
const HUNG = { rounds: 3, millis: 30_000 };
const FIRST_BACK_OFF_MILLIS = 1000;
const MAX_BACK_OFF_MILLIS = 60_000;
const MAX_REASON = 200;
const NAMES = SYSTEM_METRICS.map(({ name }) => name);
const RESTARTS = 'tracewright.system.sampler.restarts';

/**
 * Reads the machine in a thread of its own: processors, load, memory, swap, disks, network, and what a container may use of
 * it. The application's thread sends a number and gets numbers back, once a round.
 *
 * A thread that ends or hangs is started anew, after a second, then two, up to a minute; until it answers, there are gaps.
 */
export class SystemSampler {
  readonly metrics: readonly ReadMetric[] = SYSTEM_METRICS;
  readonly #ports: SystemSamplerPorts;
  readonly #timeoutMillis: number;
  #isStarted = false;
  /** Since it was started. */
  #hasAnswered = false;
  #worker: SystemWorker | undefined;
  #waiting: Waiting | undefined;
  #round = 0;
  /** Rounds without an answer since the last one, and when the first of them was asked for. */
  #unanswered = 0;
  #silentSinceMillis = 0;
  /** Ends of threads since one answered. */
  #failures = 0;
  #restarts = 0;
  #whyNot = 'start() was not called';
  #cancelRestart: Dispose = () => undefined;

  /** @throws ConfigurationError for an interval out of its range. */
  constructor(options: SystemSamplerOptions = {}, ports: Partial<SystemSamplerPorts> = {}) {
    checkOptions(options, OPTION_KINDS, 'system sampler');
    this.#timeoutMillis = Math.min(MAX_TIMEOUT_MILLIS, options.intervalMillis ?? MAX_TIMEOUT_MILLIS);
    this.#ports = { host: ports.host ?? nodeHostProcess(), startWorker: ports.startWorker ?? startSystemWorker };
  }

  /** Starts the thread. Does nothing where it is started. Never throws: what fails is a gap. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#hasAnswered = false;
    this.#startWorker();
  }

  /** Ends the thread. May be called again. */
  stop(): void {
    this.#isStarted = false;
    this.#cancelRestart();
    this.#letGoOfWorker('stop() was called');
  }

  /**
   * What there is to tell now. Never rejects, and takes no longer than the timeout and a second. While a round is read, it
   * is that round.
   */
  read(): Promise<ReadingRound> {
    if (this.#waiting !== undefined) return this.#waiting.answered;
    if (this.#worker === undefined) return Promise.resolve(this.#nothing(this.#whyNot));
    return this.#ask(this.#worker);
  }

  #ask(worker: SystemWorker): Promise<ReadingRound> {
    this.#round += 1;
    if (this.#unanswered === 0) this.#silentSinceMillis = this.#ports.host.monotonicMillis();
    const round = this.#round;
    const { promise, resolve } = Promise.withResolvers<ReadingRound>();
    const bound = this.#timeoutMillis + GRACE_MILLIS;
    const cancel = this.#ports.host.schedule(() => this.#timedOut(bound), bound);
    this.#waiting = {
      round,
      answered: promise,
      settle: (result) => {
        cancel();
        this.#waiting = undefined;
        resolve(result);
      },
    };
    try {
      worker.ask(round);
    } catch (error) {
      this.#workerFailed(`could not be asked: ${toError(error).message}`);
    }
    return promise;
  }

  #answered({ round, readings, gaps }: SystemAnswer): void {
    this.#unanswered = 0;
    this.#failures = 0;
    // Nothing was due of what takes two readings when there is one. Of a thread that was started anew it is missing.
    const missing = this.#hasAnswered ? gaps : gaps.filter(({ reason }) => reason !== ONE_READING_ONLY);
    this.#hasAnswered = true;
    if (round !== this.#waiting?.round) return;
    this.#waiting.settle({ readings: [...readings, this.#restartReading()], gaps: missing });
  }

  #timedOut(bound: number): void {
    this.#waiting?.settle(this.#nothing(`the thread did not answer within ${bound / 1000} s`));
    this.#unanswered += 1;
    const silentMillis = this.#ports.host.monotonicMillis() - this.#silentSinceMillis;
    if (this.#unanswered >= HUNG.rounds && silentMillis >= HUNG.millis) this.#workerFailed('hung');
  }

  #startWorker(): void {
    this.#unanswered = 0;
    let isCurrent = true;
    try {
      const events: SystemWorkerEvents = {
        onAnswer: (answer) => {
          if (isCurrent) this.#answered(answer);
        },
        onEnd: (reason) => {
          if (isCurrent) this.#workerFailed(reason);
        },
      };
      const worker = this.#ports.startWorker(events, { timeoutMillis: this.#timeoutMillis });
      this.#worker = {
        ask: worker.ask,
        stop: () => {
          isCurrent = false;
          worker.stop();
        },
      };
    } catch (error) {
      this.#workerFailed(`could not be started: ${toError(error).message}`);
    }
  }

  #workerFailed(reason: string): void {
    const backOff = Math.min(MAX_BACK_OFF_MILLIS, FIRST_BACK_OFF_MILLIS * 2 ** this.#failures);
    this.#failures += 1;
    this.#letGoOfWorker(`the thread ${ownText(reason, MAX_REASON)}; another is started after ${backOff / 1000} s`);
    this.#cancelRestart = this.#ports.host.schedule(() => {
      this.#restarts += 1;
      this.#startWorker();
    }, backOff);
  }

  #letGoOfWorker(whyNot: string): void {
    this.#whyNot = whyNot;
    const worker = this.#worker;
    this.#worker = undefined;
    worker?.stop();
    this.#waiting?.settle(this.#nothing(whyNot));
  }

  /** The one thing that is known is how often it was started anew. */
  #nothing(reason: string): ReadingRound {
    const metrics = NAMES.filter((name) => name !== RESTARTS);
    return { readings: [this.#restartReading()], gaps: [{ source: 'system', metrics, reason }] };
  }

  #restartReading(): MetricReading {
    return { metric: RESTARTS, value: this.#restarts };
  }
}
