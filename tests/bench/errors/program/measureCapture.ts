// node measureCapture.ts SIDE CAPTURES: captures so many errors, each thrown anew ten calls deep with another number in its
// message, every tenth with a cause, and prints the processor time of one capture in nanoseconds, without that of making and
// throwing it. SIDE is `ours`, or `peer`: @sentry/node with a transport that takes nothing and no integrations.
import { createTransport, init, captureException } from '@sentry/node';
import { ErrorTracker } from '../../../../runtime/src/errors/errorTracker.ts';

const NANOSECONDS = 1000;
const WARM_UP = 5000;
const DEPTH = 9;

const [side, captures] = process.argv.slice(2);
const capture = side === 'ours' ? ours() : peer();
run(WARM_UP, capture);
const count = Number(captures);
const thrown = run(count, () => undefined);
const captured = run(count, capture);
process.stdout.write(JSON.stringify({ nanoseconds: ((captured - thrown) * NANOSECONDS) / count }));
process.exit(0);

/** With all the time there is: an error that is only counted would be a cheap one. */
function ours(): (error: unknown) => void {
  const tracker = new ErrorTracker({ maxTimeShare: 1 });
  return (error) => {
    if (tracker.capture(error) === undefined) throw new Error('an error was not captured');
  };
}

function peer(): (error: unknown) => void {
  const transport = () => createTransport({ recordDroppedEvent: () => undefined }, () => Promise.resolve({}));
  init({
    dsn: 'http://key@127.0.0.1/1',
    transport,
    defaultIntegrations: false,
    integrations: [],
  });
  return (error) => void captureException(error);
}

/** The processor time of it, in microseconds. */
function run(times: number, visit: (error: unknown) => void): number {
  const before = process.cpuUsage();
  for (let index = 0; index < times; index += 1) {
    try {
      deep(DEPTH, index);
    } catch (error) {
      visit(error);
    }
  }
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function deep(calls: number, index: number): number {
  if (calls > 0) return deep(calls - 1, index) + 1;
  const cause = index % 10 === 0 ? { cause: new RangeError(`stock of ${index}`) } : undefined;
  throw new Error(`order ${index} could not be placed`, cause);
}
