// node echoServer.ts SIDE|none AGENT_PORT: an HTTP server that answers with what it gets, and tells its processor time when it
// is asked over IPC.
import { createRequire } from 'node:module';
import type * as Http from 'node:http';
import { parseSide, type Side } from '../../side.ts';

const [sideName, agentPort] = process.argv.slice(2);
if (sideName !== 'none') await start(parseSide(sideName), Number(agentPort));

// Required, and only now: that is what the SDK's instrumentation waits for.
const http = createRequire(import.meta.url)('node:http') as typeof Http;
const server = http.createServer((request, response) => {
  request.pipe(response.writeHead(200, { 'content-type': 'text/plain' }));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicroseconds: user + system });
});
process.on('disconnect', () => process.exit(0));

async function start(side: Side, port: number): Promise<void> {
  if (side === 'peer') {
    const { exporterJaeger, startBareSdk } = await import('./bareSdk.ts');
    startBareSdk({ exporter: exporterJaeger(port), instrumented: true });
  } else {
    const { createTracing } = await import('@tracewright/runtime');
    createTracing({ serviceName: 'bench', agent: { host: '127.0.0.1', port } });
  }
}
