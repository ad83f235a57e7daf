// node stormServer.ts MODE ERRORS_PER_SECOND: answers HTTP requests on loopback, and meanwhile throws and catches so many errors
// a second, of ten kinds with other numbers and users each; fewer where that would take more than four fifths of the thread's time:
// whoever throws more answers no requests, whatever is done with the errors. MODE is `ours`: each is captured; `tenth`: the same in a tenth
// of the thread's time; or `none`. Prints its address as a line of JSON, and when its standard input ends how many errors were thrown
// and counted, and how much memory it takes.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ErrorTracker } from '../../../../runtime/src/errors/errorTracker.ts';

const TICK_MILLIS = 10;
const MOST_MILLIS = 8;
const USERS = 500;
// A kind of error for each.
const WAREHOUSES = ['north', 'south', 'east', 'west', 'centre', 'harbour', 'airport', 'station', 'valley', 'hill'];

const [mode, perSecond] = process.argv.slice(2);
const limits = mode === 'tenth' ? { maxTimeShare: 0.1 } : {};
const tracker = mode === 'none' ? undefined : new ErrorTracker({ uncaught: false, ...limits });
const perTick = (Number(perSecond) * TICK_MILLIS) / 1000;
let thrown = 0;
let due = 0;
let lastMillis = performance.now();
const storm = setInterval(() => {
  const nowMillis = performance.now();
  due += ((nowMillis - lastMillis) / TICK_MILLIS) * perTick;
  lastMillis = nowMillis;
  for (; due >= 1 && performance.now() - nowMillis < MOST_MILLIS; due -= 1) throwAndCatch(thrown++);
  due = Math.min(due, 1);
}, TICK_MILLIS);
const server = createServer((_, response) => {
  response.end(JSON.stringify({ orders: Array.from({ length: 50 }, (_, id) => ({ id, total: id * 1.5 })) }));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`);
process.stdin.resume();
await once(process.stdin, 'end');
clearInterval(storm);
const counts = tracker?.groups.counts();
process.stdout.write(
  `${JSON.stringify({
    thrown,
    counted: counts?.errors ?? 0,
    inGroups: counts?.inGroups ?? 0,
    groups: counts?.groups ?? 0,
    shed: (counts?.ungroupedBy ?? []).reduce((sum, { count }) => sum + count, 0),
    residentBytes: process.memoryUsage.rss(),
  })}\n`,
);
process.exit(0);

function throwAndCatch(index: number): void {
  try {
    placeOrder(index);
  } catch (error) {
    tracker?.capture(error, { request: { operation: 'POST /orders', userId: `user-${index % USERS}` } });
  }
}

function placeOrder(index: number): void {
  reserveStock(index);
}

function reserveStock(index: number): void {
  const kind = index % WAREHOUSES.length;
  throw Object.assign(new Error(`stock of ${index} in ${WAREHOUSES[kind] ?? ''} is used up`), {
    code: `STOCK_${kind}`,
  });
}
