// node viewers.ts URL VIEWERS SECONDS: looks at a page as so many browsers do: each has a session and a stream of its own, and asks for
// its view when the stream says that it changed, at most every two seconds. Prints how many answers came as JSON.
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const VIEWS = ['overview', 'errors', 'requests', 'performance', 'accounting'];
const INTERVAL_MILLIS = 2_000;

const [url = '', viewers = 0, seconds = 0] = process.argv
  .slice(2)
  .map((text, index) => (index === 0 ? text : Number(text)));
const { origin, hash } = new URL(String(url));
const token = decodeURIComponent(hash.replace('#token=', ''));
const end = AbortSignal.timeout(Number(seconds) * 1000);
const answers = await Promise.all(Array.from({ length: Number(viewers) }, (_, index) => look(index)));
process.stdout.write(JSON.stringify({ answers: answers.reduce((sum, count) => sum + count, 0) }));
process.exit(0);

async function look(index: number): Promise<number> {
  const cookie = await logIn();
  let answered = 0;
  let isWanted = true;
  const stream = request(`${origin}/api/v1/live`, { headers: { cookie }, agent: false }, (response) => {
    response.on('data', (chunk: Buffer) => (isWanted ||= chunk.includes('changed')));
  });
  stream.on('error', () => undefined).end();
  while (!end.aborted) {
    if (isWanted) {
      isWanted = false;
      const response = await fetch(`${origin}/api/v1/${VIEWS[index % VIEWS.length] ?? ''}`, { headers: { cookie } });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      await response.arrayBuffer();
      answered += 1;
    }
    await sleep(INTERVAL_MILLIS);
  }
  stream.destroy();
  return answered;
}

async function logIn(): Promise<string> {
  const response = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ token }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}
