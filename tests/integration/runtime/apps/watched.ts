import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createObservability, serveMetrics } from '@tracewright/runtime';
import { tracing } from '@tracewright/runtime/register';

// Run by performanceProcess.timed.test.ts, traced by the register entry.
const observability = createObservability({
  tracing,
  performance: { intervalMillis: 100, callbackTimeoutMillis: 300 },
  onError: () => undefined,
});
const { performance: monitor } = observability;
const say = (what: string): void => void process.stdout.write(`${what}\n`);

switch (process.env['HOW']) {
  case 'stop at once':
    await observability.stop();
    say('stopped');
    break;
  case 'stop after a round':
    await monitor?.read();
    say(`read ${monitor?.series.counts().appended === 0 ? 'nothing' : 'something'}`);
    await observability.stop();
    say('stopped');
    break;
  case 'never stop':
    say('stopped');
    break;
  case 'stop in a round': {
    // Nothing that the round waits for keeps the process alive.
    const hung = monitor?.meterProvider.getMeter('shop').createObservableGauge('hung');
    hung?.addCallback(() => new Promise<void>(() => undefined));
    await new Promise((resolve) => setTimeout(resolve, 150));
    await observability.stop();
    say('stopped');
    break;
  }
  case undefined:
  default:
    await serveRequests();
}

/** An HTTP server and its client, as any application has them: what is measured of them is the instrumentation's affair. */
async function serveRequests(): Promise<void> {
  if (monitor === undefined) throw new Error('there is no monitor');
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/broken' ? 500 : 200).end('done');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  for (const path of ['/items?page=1', '/items?page=2', '/broken'])
    await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  await using metrics = await serveMetrics(monitor, { port: 0 });
  await monitor.read();
  const kept = monitor.series.query({ metric: 'http.server.request.duration' });
  say(`kept ${JSON.stringify(kept.series.map(({ attributes }) => attributes['http.response.status_code']))}`);
  say(await (await fetch(metrics.url)).text());
  await new Promise((closed) => server.close(closed));
  await observability.stop();
}
