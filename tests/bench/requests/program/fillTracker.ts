// node --expose-gc fillTracker.ts REQUESTS: sends requests through a tracker that may take 50 MB, and prints what the process
// took more than before, after collections, at most.
import { RequestTracker } from '@tracewright/runtime';

const BOUND_BYTES = 50_000_000;
const LOOK_EVERY = 250_000;
const requests = Number(process.argv[2]);
const before = usedBytes();
const tracker = new RequestTracker({ maxBytes: BOUND_BYTES, maxRequests: 10_000_000 });
let mostBytes = 0;
let estimatedBytes = 0;
let mostKept = 0;
for (let index = 0; index < requests; index += 1) {
  const request = tracker.start({
    operation: `GET /things${index % 300}/:id`,
    userId: `user-${(index * 7919) % 200_000}`,
    agentId: `agent-${index % 2000}`,
    attributes: {
      region: `region-${index % 16}`,
      'http.response.status_code': 200,
      note: `a remark on request ${index}`,
    },
  });
  request.process();
  if (index % 50 === 0) request.fail({ type: '503' });
  else request.complete();
  if (index % LOOK_EVERY === LOOK_EVERY - 1) look();
}
process.stdout.write(JSON.stringify({ mostBytes, estimatedBytes, mostKept }));
process.exit(0);

function look(): void {
  mostBytes = Math.max(mostBytes, usedBytes() - before);
  const { bytes, kept } = tracker.counts();
  estimatedBytes = Math.max(estimatedBytes, bytes);
  mostKept = Math.max(mostKept, kept);
}

function usedBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
