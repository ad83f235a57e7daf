// Sends hostile headers to a traced server of its own, then calls it on behalf of hostile messages, and writes the answers.
import { createServer, get } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { context } from '@opentelemetry/api';
import { extractContext } from '@tracewright/runtime';
import '@tracewright/runtime/register';

const LARGE = 'x'.repeat(6000);
const traceId = '0af7651916cd43dd8448eb211c80319c';

const headerBlocks: readonly (readonly string[])[] = [
  ['traceparent: garbage', 'tracestate: =,=,=', 'baggage: ,,,;=;%', 'uber-trace-id: :::', 'b3: -', 'x-b3-traceid: 0'],
  [`traceparent: 00-${traceId}-b7ad6b7169203331-01`, `traceparent: 00-${'b'.repeat(32)}-b7ad6b7169203331-01`],
  [`traceparent: ff-${traceId}-b7ad6b7169203331-01`, `uber-trace-id: ${traceId}:0:0:-1`],
  [`traceparent: 00-${traceId}-b7ad6b7169203331-ff`, `baggage: ${'k=v,'.repeat(1500)}`],
  ['uberctx-__proto__: x', 'uberctx-: x', `uberctx-large: ${LARGE}`, 'baggage: __proto__=x,constructor=y'],
  ['baggage: a=\xff\xfe;\xe9', 'uberctx-a: \xff%', 'jaeger-baggage: a=%', `tracestate: ${LARGE}`],
  Array.from({ length: 500 }, (_, index) => `uberctx-k${index}: v`),
];

const messages: readonly unknown[] = [
  { baggage: 'a=b;x\r\nset-cookie: y' },
  { baggage: 'a=b;\0', 'uberctx-a b': 'x', 'uberctx-c\r\nd': 'x' },
  { 'uberctx-é': '\ud800', baggage: '%ED%A0%80=1,k=\ud800' },
  { traceparent: `00-${traceId}-b7ad6b7169203331-ff`, tracestate: 'a=\r\n,b=é,c=1' },
  {
    'uber-trace-id': `${traceId}:1\r\n:0:1`,
    baggage: Array.from({ length: 10_000 }, (_, index) => `k${index}=${'v'.repeat(90)}`),
  },
  Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`uberctx-k${index}`, 'v'.repeat(1000)])),
  null,
];

const server = createServer((_request, response) => response.end('answered'));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const url = `http://127.0.0.1:${port}/`;

/** As bytes: Node's own client would refuse to send most of it. */
async function sendRaw(headers: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(
    Buffer.from(['GET / HTTP/1.1', 'host: x', 'connection: close', ...headers, '', ''].join('\r\n'), 'latin1'),
  );
  return (await text(socket)).split('\r\n', 1)[0] ?? '';
}

function getByHttp(): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, (response) => void text(response).then(resolve, reject)).on('error', reject);
  });
}

const answers: string[] = [];
for (const headers of headerBlocks) answers.push(await sendRaw(headers));
for (const message of messages) {
  await context.with(extractContext(message), async () => {
    answers.push(await (await fetch(url)).text(), await getByHttp());
  });
}
process.stdout.write(JSON.stringify(answers));
server.close();
server.closeAllConnections();
