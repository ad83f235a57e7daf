// node replica.ts ADDRESS PORT NAME MILLISECONDS: a replica of an application, whose page listens at an address and knows the others by the name
// `replicas.test`. Prints a line when it listens. Each line of its standard input is an error that it captures; `hang` blocks it for ever.
import { createInterface } from 'node:readline';
import { createDashboard } from '@tracewright/runtime/dashboard';
import { createObservability, Secret } from '@tracewright/runtime';

const [host = '', port = '', id = '', timeoutMillis = ''] = process.argv.slice(2);
process.env['OTEL_RESOURCE_ATTRIBUTES'] = `service.name=shop,service.instance.id=${id}`;
const observability = createObservability({
  tracing: { sampler: { kind: 'always_off' } },
  performance: false,
});
const dashboard = createDashboard(observability, {
  host,
  port: Number(port),
  auth: { operateToken: new Secret('the token that people have'), readToken: new Secret('the token that only reads') },
  peers: {
    hostName: 'replicas.test',
    port: Number(port),
    token: new Secret('the token of replicas'),
    timeoutMillis: Number(timeoutMillis),
  },
});
await dashboard.listen();
process.stdout.write('listening\n');
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'hang') for (;;);
  observability.errors?.capture(new Error(line), {
    fingerprint: [line],
    request: { id: `${id}-1`, operation: 'GET /', userId: id },
  });
  process.stdout.write('captured\n');
}
await dashboard.stop();
await observability.stop();
