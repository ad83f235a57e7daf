// node measureLifecycle.ts SIDE REQUESTS: prints nanoseconds of processor time that a request takes from its start to its end,
// with user, agent, operation and trace, in a tracker that is full and evicts.
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { RequestTracker } from '@tracewright/runtime';
import { cpuPerOperation } from '../../cpuPerOperation.ts';
import { parseSide } from '../../side.ts';
import { HandWritten } from './handWritten.ts';

const KEPT = 50_000;
const operations = Array.from({ length: 20 }, (_, index) => `GET /things${index}/:id`);
const users = Array.from({ length: 1000 }, (_, index) => `user-${index}`);
const agents = Array.from({ length: 50 }, (_, index) => `agent-${index}`);
const traces = Array.from({ length: 512 }, (_, index) =>
  trace.setSpan(
    context.active(),
    trace.wrapSpanContext({
      traceId: (index * 7919 + 1).toString(16).padStart(8, '0').padStart(32, 'ab'),
      spanId: (index + 1).toString(16).padStart(16, '0'),
      traceFlags: 1,
    }),
  ),
);

const [sideName, requests] = process.argv.slice(2);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const one = parseSide(sideName) === 'ours' ? oursOnce() : handWrittenOnce();
const nanoseconds = await cpuPerOperation((index) => {
  context.with(traces[index % traces.length] ?? context.active(), one, undefined, index);
}, Number(requests));
process.stdout.write(JSON.stringify({ nanoseconds }));
process.exit(0);

function oursOnce(): (index: number) => void {
  const tracker = new RequestTracker({ maxRequests: KEPT, maxBytes: 500_000_000 });
  return (index) => {
    const request = tracker.start({
      operation: operations[index % 20] ?? '',
      userId: users[index % 1000] ?? '',
      agentId: agents[index % 50] ?? '',
    });
    request.process();
    request.complete();
  };
}

function handWrittenOnce(): (index: number) => void {
  const peer = new HandWritten(KEPT);
  return (index) => {
    const request = peer.start(operations[index % 20] ?? '', users[index % 1000] ?? '', agents[index % 50] ?? '');
    peer.process(request);
    peer.complete(request);
  };
}
