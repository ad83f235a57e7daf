// node shownApplication.ts GROUPS REQUESTS: an application with so much behind its page. Prints the page's address with its token as a
// line of JSON. Each line of its standard input is done, and answered by a line of JSON:
//   events N    from now on N events a second come: requests and errors, half and half
//   reset       forgets how late the event loop was
//   delay       prints how late it was since: 50th and 99th percentile and the most, in milliseconds
// Ends with its standard input.
import { createInterface } from 'node:readline';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createDashboard } from '../../../../runtime/src/dashboard/createDashboard.ts';
import { filledObservability, runRequest, throwOfGroup } from '../../../support/filledObservability.ts';

const TICK_MILLIS = 10;
/** As fine as timers get. */
const RESOLUTION_MILLIS = 1;
const NANOSECONDS_A_MILLISECOND = 1e6;

const [groups = 0, requests = 0] = process.argv.slice(2).map(Number);
const observability = filledObservability({ groups, requests, config: { performance: {} } });
const printed: string[] = [];
const dashboard = createDashboard(observability, { port: 0, announce: (line) => printed.push(line) });
await dashboard.listen();
say({ url: /http\S+#token=\S+/.exec(printed.join('\n'))?.[0] });

let perSecond = 0;
let done = 0;
let due = 0;
let lastMillis = performance.now();
const events = setInterval(() => {
  const nowMillis = performance.now();
  due += ((nowMillis - lastMillis) * perSecond) / 1000;
  lastMillis = nowMillis;
  for (; due >= 1; due -= 1) comeOneMore(done++);
}, TICK_MILLIS);
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MILLIS });
delay.enable();

for await (const line of createInterface({ input: process.stdin })) say(obey(line));
clearInterval(events);
await dashboard.stop();
await observability.stop();

function obey(line: string): object {
  const [command, value] = line.split(' ');
  if (command === 'events') perSecond = Number(value);
  else if (command === 'reset') delay.reset();
  else if (command === 'delay')
    return { p50Millis: lateness(50), p99Millis: lateness(99), mostMillis: delay.max / NANOSECONDS_A_MILLISECOND };
  else throw new Error(`no command: ${line}`);
  return { done: line };
}

/** What the histogram has is the whole time between two looks. */
function lateness(percentile: number): number {
  return delay.percentile(percentile) / NANOSECONDS_A_MILLISECOND - RESOLUTION_MILLIS;
}

function comeOneMore(index: number): void {
  if (index % 2 === 0) runRequest(observability, index);
  else throwOfGroup(observability, index % Math.max(1, groups));
}

function say(answer: object): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
