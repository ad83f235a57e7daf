// Sends orders to the storefront at a steady rate and says how it went.
import { Command, InvalidArgumentError } from 'commander';
import { runLoad } from './runLoad.ts';

const MAX_RATE = 5000;
const MAX_SECONDS = 3600;

const program = new Command('npm run load -w examples/checkout --')
  .description('Sends orders to the storefront at a steady rate. Only addresses of this machine are taken.')
  .requiredOption('--url <url>', 'the storefront: http://127.0.0.1:PORT', parseUrl)
  .option('--rate <number>', `orders a second, 1 to ${MAX_RATE}`, wholeNumber(MAX_RATE), 20)
  .option('--duration <seconds>', `for how long, 1 to ${MAX_SECONDS}`, wholeNumber(MAX_SECONDS), 10)
  .option('--json', 'print one JSON object')
  .parse();

const { url, rate, duration, json } = program.opts<{ url: URL; rate: number; duration: number; json?: true }>();
const result = await runLoad({ url, rate, durationSeconds: duration });
process.stdout.write(json === true ? `${JSON.stringify(result)}\n` : describe());
process.exitCode = result.failed === 0 && result.succeeded > 0 ? 0 : 1;

function describe(): string {
  const { sent, succeeded, failed, latencyMillis } = result;
  return [
    `${sent} orders in ${result.seconds} s: ${succeeded} taken, ${failed} not`,
    `latency in ms: median ${latencyMillis.p50}, p90 ${latencyMillis.p90}, p99 ${latencyMillis.p99}, largest ${latencyMillis.max}`,
    '',
  ].join('\n');
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url !== undefined && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url?.protocol === 'http:' && isLocal) return url;
  throw new InvalidArgumentError(
    'It must be http:// with localhost, 127.x.x.x or [::1]: load is not sent to other machines.',
  );
}

function wholeNumber(max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= 1 && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${max}.`);
  };
}
