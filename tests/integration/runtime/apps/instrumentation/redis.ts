// Does with Redis, through the package redis, what applications do.
import { createClient } from 'redis';
import { failing, scenario } from './scenario.ts';

const url = `redis://127.0.0.1:${process.env['REDIS_PORT'] ?? ''}`;
const client = createClient({ url });
client.on('error', () => undefined);

await scenario('single', async () => {
  await client.connect();
  await client.set('canary-key', 'canary');
  await client.get('canary-key');
  await client.sendCommand(['SET', 'canary-key', 'canary', 'EX', '10']);
});

await scenario('transaction', async () => {
  await client.multi().set('canary-key', '1').incr('canary-key').exec();
  await client.multi().set('canary-key', '1').get('canary-key').execAsPipeline();
});

await scenario('script', async () => {
  await client.eval("return redis.call('SET', KEYS[1], 'canary')", { keys: ['canary-key'], arguments: ['canary'] });
  await failing(client.eval("return redis.error_reply('MYERR the canary sings')"));
});

await scenario('errors', async () => {
  await failing(client.incr('canary-key'));
  await failing(client.lPush('canary-key', 'canary'));
  await failing(client.sendCommand(['BOGUS', 'canary']));
  await failing(client.sendCommand(['SET canary-key canary']));
  await failing(client.multi().set('canary-key', 'canary').incr('canary-key').exec());
});

await scenario('mixed batches', async () => {
  await client.multi().select(1).set('canary-key', '1').exec();
  await client.multi().set('canary-key', '1').sendCommand(['GET', 'canary-key']).execAsPipeline();
});

await scenario('reconnected', async () => {
  const other = await createClient({ url }).connect();
  const ready = new Promise((resolve) => client.once('ready', resolve));
  await other.sendCommand(['CLIENT', 'KILL', 'ID', String(await client.clientId())]);
  await other.close();
  await ready;
  await client.get('canary-key');
});
await client.close();

await scenario('closed', () => client.get('canary-key'));

await scenario('nobody there', async () => {
  const gone = createClient({ url: 'redis://canary:canary@127.0.0.1:1', socket: { reconnectStrategy: false } });
  gone.on('error', () => undefined);
  await gone.connect();
});
