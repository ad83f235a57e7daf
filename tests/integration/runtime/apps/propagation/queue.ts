// Sends an order through Redis, or takes one from there: ROLE and QUEUE say which.
import { setTimeout as delay } from 'node:timers/promises';
import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { continueTrace, injectContext } from '@tracewright/runtime';
import '@tracewright/runtime/register';
import { createClient } from 'redis';

const { QUEUE = '', ROLE = '', REDIS_HOST = '', REDIS_PORT = '' } = process.env;
const client = createClient({ socket: { host: REDIS_HOST, port: Number(REDIS_PORT) } });

/** A message of a stream has fields of its own for headers; one of a list is a text. */
const send: Readonly<Record<string, () => Promise<unknown>>> = {
  list: () => client.lPush('orders', JSON.stringify({ headers: injectContext(), order: '17' })),
  stream: () => client.xAdd('orders', '*', { ...injectContext(), order: '17' }),
};

async function receiveFromList(): Promise<void> {
  const message = await client.brPop('orders', 5);
  const { headers, order } = JSON.parse(message?.element ?? '{}') as { headers: unknown; order: string };
  await processOrder(headers, order);
}

async function receiveFromStream(): Promise<void> {
  let message: Record<string, string> | undefined;
  while (message === undefined) {
    await delay(10);
    message = (await client.xRange('orders', '-', '+'))?.[0]?.message;
  }
  await processOrder(message, message['order'] ?? '');
}

async function processOrder(headers: unknown, order: string): Promise<void> {
  await continueTrace(headers, { name: 'process orders' }, async (span) => {
    const user = propagation.getBaggage(context.active())?.getEntry('user')?.value;
    span.setAttributes({ order, user: user ?? 'nobody' });
    await client.set('last', order);
  });
}

async function produce(): Promise<void> {
  const baggage = propagation.createBaggage({ user: { value: 'ada' } });
  await context.with(propagation.setBaggage(context.active(), baggage), () =>
    trace.getTracer('queue').startActiveSpan('publish orders', { kind: SpanKind.PRODUCER }, async (span) => {
      await send[QUEUE]?.();
      span.end();
    }),
  );
}

await client.connect();
if (ROLE === 'producer') await produce();
else
  await trace.getTracer('queue').startActiveSpan('poll', async (span) => {
    await (QUEUE === 'list' ? receiveFromList() : receiveFromStream());
    span.end();
  });
await client.close();
