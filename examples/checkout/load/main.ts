// Sends orders to the storefront at a steady rate, while parts of the shop fail if they are to, and says how it went.
import { Command, InvalidArgumentError, Option } from 'commander';
import { FAILURE_NAMES, FailureChoiceError } from '../src/failures/failureName.ts';
import { type FailureRatios, parseFailures } from '../src/failures/parseFailures.ts';
import { type LoadResult, runLoad } from './runLoad.ts';
import { switchFailures } from './switchFailures.ts';

interface Options {
  readonly url: URL;
  readonly rate: number;
  readonly duration: number;
  readonly failures: FailureRatios;
  readonly control: readonly URL[];
  readonly json?: true;
}

const MAX_RATE = 5000;
const MAX_SECONDS = 3600;
// Those of `npm run shop`.
const LOCAL_CONTROLS = ['http://127.0.0.1:8082', 'http://127.0.0.1:8083'].map((url) => new URL(url));

const program = new Command('npm run load -w examples/checkout --')
  .description(
    'Sends orders of several customers to the storefront at a steady rate, asks for some of them again, and counts how it was answered. Only addresses of this machine are taken.',
  )
  .requiredOption('--url <url>', 'the storefront: http://127.0.0.1:PORT', parseUrl)
  .option('--rate <number>', `requests a second, 1 to ${MAX_RATE}`, wholeNumber(MAX_RATE), 20)
  .option('--duration <seconds>', `for how long, 1 to ${MAX_SECONDS}`, wholeNumber(MAX_SECONDS), 10)
  .addOption(
    new Option(
      '--failures <list>',
      `what fails meanwhile, each with its share of requests: bug,timeout:0.1; of ${FAILURE_NAMES.join(', ')}`,
    )
      .argParser(parseList)
      .default(parseFailures(''), 'nothing'),
  )
  .addOption(
    new Option('--control <url...>', "where the services' failures are switched (FAILURES_PORT)")
      .argParser((text: string, urls: readonly URL[]) => [...(urls === LOCAL_CONTROLS ? [] : urls), parseUrl(text)])
      .default(LOCAL_CONTROLS, 'those of `npm run shop`'),
  )
  .option('--json', 'print one JSON object')
  .parse();

const { url, rate, duration, failures, control, json } = program.opts<Options>();
try {
  const result = await loadWithFailures();
  process.stdout.write(json === true ? `${JSON.stringify(result)}\n` : describe(result));
  // Where something is to fail, it is enough that everything was answered.
  const isGood = failures.size > 0 ? result.unanswered === 0 : result.failed === 0;
  process.exitCode = isGood && result.sent > 0 && result.outcomes.length > 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof FailureChoiceError)) throw error;
  program.error(`error: ${error.message}`);
}

/** However the load ends, the shop is whole again afterwards. */
async function loadWithFailures(): Promise<LoadResult> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupted.abort());
  const switchBack = await switchFailures({ controls: control, ratios: failures });
  try {
    return await runLoad({ url, rate, durationSeconds: duration, signal: interrupted.signal });
  } finally {
    await switchBack();
  }
}

function describe({ sent, succeeded, failed, unanswered, seconds, latencyMillis, outcomes }: LoadResult): string {
  return [
    `${sent} requests in ${seconds} s: ${succeeded} answered well, ${failed} not`,
    ...outcomes.map(({ operation, status, count }) => `  ${operation.padEnd(10)}  ${status}  ${count}`),
    ...(unanswered > 0 ? [`  not answered in time, or not at all: ${unanswered}`] : []),
    `latency in ms: median ${latencyMillis.p50}, p90 ${latencyMillis.p90}, p99 ${latencyMillis.p99}, largest ${latencyMillis.max}`,
    '',
  ].join('\n');
}

function parseList(text: string): FailureRatios {
  try {
    return parseFailures(text);
  } catch (error) {
    if (error instanceof FailureChoiceError) throw new InvalidArgumentError(`${error.message}.`);
    throw error;
  }
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
