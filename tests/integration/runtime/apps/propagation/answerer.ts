// An HTTP server that answers with the baggage that came along.
import { createServer } from 'node:http';
import { context, propagation } from '@opentelemetry/api';

const server = createServer((_request, response) => {
  const entries = propagation.getBaggage(context.active())?.getAllEntries() ?? [];
  response.end(JSON.stringify(Object.fromEntries(entries.map(([key, { value }]) => [key, value]))));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`listening on 127.0.0.1:${typeof address === 'object' ? address?.port : ''}\n`);
});
