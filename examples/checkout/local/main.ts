// Runs the whole shop on this machine, without Kubernetes, against a PostgreSQL and a Redis that are there.
import { Command, InvalidArgumentError } from 'commander';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { localServices, type LocalService } from './localServices.ts';

const MAX_PORT = 65_528;

const program = new Command('npm run shop -w examples/checkout --')
  .description(
    'Runs the shop on this machine until Ctrl+C, on eight ports of 127.0.0.1 in a row: storefront, orders, failures of each, metrics of each, the page of each, whose address with the token the services print. All else the services are told by the environment, such as SHOP_FAILURES.',
  )
  .option('--database <url>', 'PostgreSQL, else DATABASE_URL: postgres://USER:PASSWORD@HOST:PORT/NAME')
  .option('--redis <url>', 'Redis, else REDIS_URL: redis://HOST:PORT')
  .option('--port <first>', 'the first of the eight ports', parsePort, 8080)
  .parse();

const options = program.opts<{ database?: string; redis?: string; port: number }>();
const database = readUrl('DATABASE_URL', options.database, ['postgres:', 'postgresql:']);
const redis = readUrl('REDIS_URL', options.redis, ['redis:']);
const { port: firstPort } = options;
const services = localServices({ database, redis, firstPort, tokenKey: randomBytes(32).toString('hex') });
for (const { name, port, failuresPort, metricsPort } of services)
  process.stderr.write(
    `${name.padEnd(10)}  http://127.0.0.1:${port}  failures http://127.0.0.1:${failuresPort}/failures  metrics http://127.0.0.1:${metricsPort}/metrics\n`,
  );
await runTogether(services);

/** Where one ends, so do all; with its exit code. */
async function runTogether(started: readonly LocalService[]): Promise<void> {
  const running = started.map(({ args, environment }) =>
    spawn(process.execPath, args, {
      // Where `--import` finds the runtime from.
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    }),
  );
  let isStopping = false;
  const stop = (): void => {
    // A service that gets the signal again while it stops would end in the middle of it.
    if (!isStopping) for (const child of running) child.kill('SIGTERM');
    isStopping = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
  const ends = running.map(async (child) => {
    const [code] = (await once(child, 'exit')) as [number | null];
    stop();
    return code ?? 1;
  });
  process.exitCode = Math.max(...(await Promise.all(ends)));
}

/** The URL that is given, else the one in the environment. It is never shown: a password may be in it. */
function readUrl(variable: string, given: string | undefined, protocols: readonly string[]): URL {
  const text = given ?? process.env[variable] ?? '';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && protocols.includes(url.protocol) && url.hostname !== '') return url;
  const option = variable === 'REDIS_URL' ? '--redis' : '--database';
  return program.error(`error: ${option} or ${variable} must be a URL that begins with ${protocols.join('// or ')}//`);
}

function parsePort(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= MAX_PORT) return value;
  throw new InvalidArgumentError(`It must be a port from 1 to ${MAX_PORT}.`);
}
