// node findByUser.ts QUERIES: asks for the requests of a user among 100,000, and prints the milliseconds that the 99th of a
// hundred queries takes.
import { RequestTracker } from '@tracewright/runtime';

const REQUESTS = 100_000;
const USERS = 1000;
const queries = Number(process.argv[2]);
const tracker = new RequestTracker({ maxRequests: REQUESTS, maxBytes: 1_000_000_000 });
for (let index = 0; index < REQUESTS; index += 1) {
  tracker
    .start({ operation: `GET /things${index % 20}/:id`, userId: `user-${index % USERS}` })
    .process()
    .complete();
}
const millis: number[] = [];
for (let query = 0; query < queries; query += 1) {
  const started = performance.now();
  const { requests } = tracker.find({ userId: `user-${(query * 7) % USERS}` }, { limit: 100 });
  millis.push(performance.now() - started);
  if (requests.length !== REQUESTS / USERS) throw new Error(`${requests.length} requests of a user were found`);
}
millis.sort((a, b) => a - b);
process.stdout.write(JSON.stringify({ millis: millis[Math.floor(queries * 0.99)] }));
process.exit(0);
