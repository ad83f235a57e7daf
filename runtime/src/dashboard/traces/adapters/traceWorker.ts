import { parentPort, workerData } from 'node:worker_threads';
import { TextRedactor } from '../../../core/textRedactor.ts';
import { TraceDesk } from '../traceDesk.ts';
import {
  optionsOfPlain,
  type PlainQueryOptions,
  problemOf,
  type TraceAnswer,
  type TraceQuestion,
} from '../traceWorkerMessages.ts';
import { JaegerQueryClient } from './jaegerQueryClient.ts';

// The thread that reads traces: what JSON.parse, the check of the answer and the waterfall take is not the application's time.
const redactor = new TextRedactor();
const desk = new TraceDesk({
  // Only what plainOptions returned comes here.
  query: new JaegerQueryClient(optionsOfPlain(workerData as PlainQueryOptions)),
  wallMillis: () => Date.now(),
  monotonicMillis: () => performance.now(),
  redact: (text) => redactor.redact(text),
});

parentPort?.on('message', (question: TraceQuestion) => void answer(question));

async function answer({ number, method, given }: TraceQuestion): Promise<void> {
  const ask = desk[method].bind(desk) as (...given: readonly unknown[]) => Promise<unknown>;
  try {
    tell({ number, value: await ask(...given) });
  } catch (thrown) {
    const problem = problemOf(thrown);
    tell({ number, ...(problem && { problem }) });
  }
}

function tell(answer: TraceAnswer): void {
  parentPort?.postMessage(answer);
}
