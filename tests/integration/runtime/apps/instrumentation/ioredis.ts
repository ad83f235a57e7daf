// Does with Redis, through ioredis, what applications do.
import { Redis } from 'ioredis';
import { failing, scenario } from './scenario.ts';

const redis = new Redis({ host: '127.0.0.1', port: Number(process.env['REDIS_PORT']) });
redis.on('error', () => undefined);
await new Promise((resolve) => redis.once('ready', resolve));

await scenario('single', async () => {
  await redis.set('canary-key', 'canary');
  await redis.get('canary-key');
  await redis.call('SET', 'canary-key', 'canary', 'EX', '10');
});

await scenario('pipeline', async () => {
  await redis.pipeline().set('canary-key', 'canary').get('canary-key').exec();
});

await scenario('transaction', async () => {
  await redis.multi().set('canary-key', 'canary').incr('canary-key').exec();
});

await scenario('script', async () => {
  await redis.eval("return redis.call('SET', KEYS[1], 'canary')", 1, 'canary-key', 'canary');
  await failing(redis.eval("return redis.error_reply('MYERR the canary sings')", 0));
});

await scenario('errors', async () => {
  await failing(redis.incr('canary-key'));
  await failing(redis.lpush('canary-key', 'canary'));
  await failing(redis.call('BOGUS', 'canary', 'canary'));
  await failing(redis.call('SET canary-key canary'));
  await failing(redis.auth('canary-user', 'canary'));
});
redis.disconnect();

await scenario('nobody there', async () => {
  const gone = new Redis({ host: '127.0.0.1', port: 1, maxRetriesPerRequest: 0, retryStrategy: () => null });
  gone.on('error', () => undefined);
  await gone.get('canary-key');
});
