import { extname } from 'node:path';
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { type SystemMessage, SystemMessageReader } from '../system/systemMessages.ts';
import type { SystemWorker, SystemWorkerData, SystemWorkerEvents } from '../system/systemWorkerPorts.ts';

/** What the commands that systeminformation runs need; nothing else of the environment is in the thread. */
const PASSED_ON = ['PATH', 'Path', 'PATHEXT', 'SystemRoot', 'WINDIR', 'ComSpec', 'TEMP', 'TMP'];

/** systeminformation and its answers take 10 MB. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 };

/**
 * Starts the thread that reads the machine, from source or from `dist`, as this file is. It keeps no process alive, knows
 * no secrets of the environment, and loads nothing that the application's command line names.
 *
 * @throws what Node says where no thread can be started
 */
export function startSystemWorker({ onAnswer, onEnd }: SystemWorkerEvents, data: SystemWorkerData): SystemWorker {
  const file = new URL(`./systemWorker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(file, {
    name: 'tracewright-system',
    env: Object.fromEntries(
      PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
    ),
    workerData: data,
    argv: [],
    // Otherwise the thread would be instrumented as the application is: `--import @tracewright/runtime/register`.
    execArgv: [],
    // What it writes, such as warnings of Node, is nobody's. It is not read: reading would keep the process alive.
    stdout: true,
    stderr: true,
    resourceLimits: RESOURCE_LIMITS,
  });
  const reader = new SystemMessageReader();
  worker.on('message', (message: SystemMessage) => onAnswer(reader.answerOf(message)));
  worker.once('error', (error) => onEnd(`failed: ${error instanceof Error ? error.message : 'unknown'}`));
  worker.once('exit', (code) => onEnd(`ended with code ${code}`));
  worker.unref();
  return {
    ask: (round) => worker.postMessage(round),
    stop: () => {
      // Nobody waits for it: it can be in the midst of a command.
      worker.terminate().catch(() => undefined);
    },
  };
}
