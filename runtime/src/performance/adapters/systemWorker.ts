import process from 'node:process';
import { parentPort } from 'node:worker_threads';
import { SystemReader } from '../system/systemReader.ts';
import type { SystemAnswer, SystemQuestion } from '../system/systemWorkerPorts.ts';
import { nodeSystemPorts } from './nodeSystemPorts.ts';

// The whole of the thread that `startSystemWorker` starts: it is run, not imported.
const reader = new SystemReader(nodeSystemPorts());
/** How far the clock may go back before all is begun anew. */
const CLOCK_STEP_MILLIS = 100;
/** With which the thread ends because the clock was set back; the sampler starts another. */
const CLOCK_EXIT_CODE = 3;
let askedWallMillis = Date.now();

parentPort?.on('message', (question: SystemQuestion) => {
  void answer(question);
});

async function answer({ round, timeoutMillis }: SystemQuestion): Promise<void> {
  const wallMillis = Date.now();
  // systeminformation measures by this clock, and would give its last answer until the clock is where it was.
  if (wallMillis < askedWallMillis - CLOCK_STEP_MILLIS) process.exit(CLOCK_EXIT_CODE);
  askedWallMillis = wallMillis;
  const message: SystemAnswer = { round, ...(await reader.read(timeoutMillis)) };
  // The application's thread parses a text in about two thirds of the time that it takes to clone as many small objects.
  parentPort?.postMessage(JSON.stringify(message));
}
