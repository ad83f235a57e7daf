// Calls a server of its own through fetch and http, with secrets in every place that a URL and headers have.
import http, { createServer, get as httpGet } from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { failing, scenario } from './scenario.ts';

const server = createServer((request, response) => {
  response.statusCode = request.url?.startsWith('/broken') === true ? 500 : 200;
  response.setHeader('set-cookie', 'session=canary');
  response.end(JSON.stringify(request.headers));
});
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
const { port } = server.address() as AddressInfo;
const headers = {
  authorization: 'Bearer canary',
  cookie: 'session=canary',
  'x-api-key': 'canary',
  'user-agent': 'canary',
  'x-forwarded-for': 'canary',
};

function answerTo(start: (done: (response: http.IncomingMessage) => void) => http.ClientRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    start((response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

await scenario('fetch', async () => {
  const response = await fetch(`http://127.0.0.1:${port}/items?token=canary&page=2#canary`, { headers });
  process.stdout.write(`fetch ${String(/"traceparent":"00-\w+-(\w+)/.exec(await response.text())?.[1])}\n`);
});
await scenario('http', async () => {
  const text = await answerTo((done) =>
    httpGet(`http://canary:canary@127.0.0.1:${port}/items?token=canary&page=canary`, { headers }, done),
  );
  process.stdout.write(`http ${String(/"traceparent":"00-\w+-(\w+)/.exec(text)?.[1])}\n`);
  await answerTo((done) => http.get({ port, path: '/items?token=canary', auth: 'canary:canary', headers }, done));
});
await scenario('answers', async () => {
  await fetch(`http://127.0.0.1:${port}/broken?token=canary`);
  await fetch(`http://127.0.0.1:${port}/healthz?token=canary`);
});
await scenario('nobody there', async () => {
  await failing(answerTo((done) => https.get('https://canary:canary@127.0.0.1:1/?token=canary', done)));
});
await scenario('no URL', async () => {
  await failing(new Promise(() => httpGet('http://canary:canary@127.0.0.1:99999/?token=canary')));
  await failing(fetch('http://canary:canary@127.0.0.1/?token=canary'));
});
server.close();
server.closeAllConnections();
