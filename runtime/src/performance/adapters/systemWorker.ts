import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import { SystemReader } from '../system/systemReader.ts';
import { SystemMessageWriter } from '../system/systemMessages.ts';
import type { SystemWorkerData } from '../system/systemWorkerPorts.ts';
import { nodeSystemPorts } from './nodeSystemPorts.ts';

// The whole of the thread that `startSystemWorker` starts: it is run, not imported.
const { timeoutMillis } = workerData as SystemWorkerData;
const reader = new SystemReader(nodeSystemPorts());
const writer = new SystemMessageWriter();
/** How far the clock may go back before all is begun anew. */
const CLOCK_STEP_MILLIS = 100;
/** With which the thread ends because the clock was set back; the sampler starts another. */
const CLOCK_EXIT_CODE = 3;
let askedWallMillis = Date.now();

parentPort?.on('message', (round: number) => {
  void answer(round);
});

async function answer(round: number): Promise<void> {
  const wallMillis = Date.now();
  // systeminformation measures by this clock, and would give its last answer until the clock is where it was.
  if (wallMillis < askedWallMillis - CLOCK_STEP_MILLIS) process.exit(CLOCK_EXIT_CODE);
  askedWallMillis = wallMillis;
  parentPort?.postMessage(writer.messageOf({ round, ...(await reader.read(timeoutMillis)) }));
}
