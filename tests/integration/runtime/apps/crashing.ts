// Two worker threads of a process that handles what becomes of them: the second begins when the first has thrown something
// that it does not catch, and has ended of it or survived it, as HOW names.
import process from 'node:process';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import '@tracewright/runtime/register';

const how = process.env['HOW'];
if (isMainThread) startBoth();
else if (workerData === 'first') throwSoon();

function startBoth(): void {
  const first = start('first');
  const startSecond = (): unknown => start('second').once('exit', () => first.postMessage('end'));
  first.once(how === 'survives' ? 'message' : 'exit', startSecond);
}

function start(name: string): Worker {
  const worker = new Worker(new URL(import.meta.url), { workerData: name });
  return worker.on('error', () => process.stdout.write(`${name} failed\n`));
}

function throwSoon(): void {
  if (how === 'survives') process.on('uncaughtException', stayUntilTold);
  if (how === 'ends badly') process.on('uncaughtException', () => process.exit(2));
  setTimeout(() => {
    throw new TypeError('in the first worker');
  }, 1);
}

function stayUntilTold(): void {
  parentPort?.once('message', () => process.stdout.write('lived on\n'));
  parentPort?.postMessage('survived');
}
