import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type JaegerQueryOptions, resolveJaegerQueryOptions } from '../jaegerQueryOptions.ts';
import type { TraceReader } from '../traceReader.ts';
import { TraceThread } from '../traceThread.ts';
import { plainOptions, type TraceAnswer } from '../traceWorkerMessages.ts';

/** Traces that are kept. */
const KEPT_MB = 512;
/**
 * What a megabyte of JSON becomes at most: `{},` again and again takes some 20 times its length. A thread whose heap is full while
 * it parses ends the whole process, so there has to be room for the largest answer, whatever is in it. It is a bound, not what is
 * taken; the application's own heap is another.
 */
const HEAP_MB_OF_AN_ANSWERS_MB = 32;

/** How long nobody may have asked until the thread ends, and its memory is free. */
const IDLE_MILLIS = 120_000;

/** What is waited beyond the time that Jaeger has: for the turn, for the parsing of the answer. */
const SLACK_MILLIS = 10_000;

/**
 * Reads traces in a thread of their own, which starts with the first question, and ends when nobody has asked for two minutes.
 * It keeps no process alive.
 *
 * @throws ConfigurationError with everything that is wrong with the options
 */
export function startTraceReader(options: JaegerQueryOptions): TraceReader {
  const { url, timeoutMillis, maxAnswerBytes } = resolveJaegerQueryOptions(options);
  const answerMb = Math.ceil(maxAnswerBytes / 1024 / 1024);
  return new TraceThread({
    address: url,
    timeoutMillis: timeoutMillis + SLACK_MILLIS,
    idleMillis: IDLE_MILLIS,
    schedule: (callback, delayMillis) => {
      const timer = setTimeout(callback, delayMillis).unref();
      return () => clearTimeout(timer);
    },
    start: ({ onAnswer, onEnd }) => {
      const worker = new Worker(new URL(`./traceWorker${extname(import.meta.url)}`, import.meta.url), {
        name: 'tracewright-traces',
        env: {},
        workerData: plainOptions(options),
        argv: [],
        // Otherwise the thread would be instrumented as the application is: `--import @tracewright/runtime/register`.
        execArgv: [],
        // What it writes, such as warnings of Node, is nobody's.
        stdout: true,
        stderr: true,
        resourceLimits: {
          maxOldGenerationSizeMb: KEPT_MB + HEAP_MB_OF_AN_ANSWERS_MB * answerMb,
          maxYoungGenerationSizeMb: 32,
        },
      });
      worker.on('message', (answer: TraceAnswer) => onAnswer(answer));
      worker.once('error', (error: unknown) => onEnd(error instanceof Error ? error : new Error('failed')));
      worker.once('exit', (code) => onEnd(new Error(`ended with code ${code}`)));
      worker.unref();
      return {
        ask: (question) => worker.postMessage(question),
        stop: () => void worker.terminate().catch(() => undefined),
      };
    },
  });
}
