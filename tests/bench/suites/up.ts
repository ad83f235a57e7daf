import { execa } from 'execa';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { atMost, type Figure } from '../figure.ts';

const cluster = 'bench';
const gibibyte = 2 ** 30;

export interface UpBenchOptions {
  readonly checkout: string;
  /** Runs of each figure. */
  readonly runs: number;
  readonly report: (text: string) => void;
}

interface UpAnswer {
  readonly phases: Readonly<Record<string, number>>;
}

/** Times `npm run up` from a full cache without a cluster, and unchanged; and weighs what runs. */
export async function benchUp(options: UpBenchOptions): Promise<readonly Figure[]> {
  const cached: number[] = [];
  const unchanged: number[] = [];
  const memory: number[] = [];
  try {
    for (let run = 1; run <= options.runs; run++) {
      await down(options.checkout);
      cached.push(await timeUp(options.checkout));
      memory.push((await residentBytes(options.checkout)) / gibibyte);
      unchanged.push(await timeUp(options.checkout));
      options.report(
        `run ${run} of ${options.runs}: ${cached.at(-1)?.toFixed(1) ?? ''} s cached, ${unchanged.at(-1)?.toFixed(1) ?? ''} s unchanged`,
      );
    }
  } finally {
    await down(options.checkout);
  }
  return [
    atMost('up, cached, no cluster', cached, 120, 's'),
    atMost('up, cluster up, no change', unchanged, 20, 's'),
    atMost('everything embedded, proportional set size', memory, 5, 'GiB'),
  ];
}

/**
 * Times one `npm run up` from an empty HOME, which compiles the engine and the cluster. HOME is kept: what it holds makes
 * the next command there a cached one.
 */
export async function benchColdUp(checkout: string, home: string): Promise<readonly Figure[]> {
  const environment = {
    HOME: home,
    XDG_CACHE_HOME: undefined,
    XDG_STATE_HOME: undefined,
    GOCACHE: undefined,
    GOMODCACHE: undefined,
    GOPATH: undefined,
  };
  const started = performance.now();
  const answer = await up(checkout, environment);
  const seconds = (performance.now() - started) / 1000;
  await down(checkout, environment);
  const builds = answer.phases['toolchain'] ?? 0;
  const rest = `of which npm packages ${answer.phases['install'] ?? 0} s`;
  return [
    atMost('up, cold', [seconds], 1800, 's'),
    atMost('up, cold, all but the builds', [seconds - builds], 240, 's', rest),
  ];
}

async function timeUp(checkout: string): Promise<number> {
  const started = performance.now();
  await up(checkout);
  return (performance.now() - started) / 1000;
}

async function up(checkout: string, env: Record<string, string | undefined> = {}): Promise<UpAnswer> {
  const { stdout } = await execa('npm', ['run', '--silent', 'up', '--', '--cluster', cluster, '--json'], {
    cwd: checkout,
    env,
    stdin: 'ignore',
  });
  return JSON.parse(stdout.split('\n').at(-1) ?? '') as UpAnswer;
}

async function down(checkout: string, env: Record<string, string | undefined> = {}): Promise<void> {
  await execa('npm', ['run', '--silent', 'down', '--', '--cluster', cluster, '--json'], {
    cwd: checkout,
    env,
    stdin: 'ignore',
  });
}

/** Proportional set size (proc(5)) of every process in the cluster's PID namespace: shared pages are counted once. */
async function residentBytes(checkout: string): Promise<number> {
  const { stdout } = await execa('npm', ['run', '--silent', 'cluster', '--', 'status', '--name', cluster, '--json'], {
    cwd: checkout,
  });
  const { pid } = JSON.parse(stdout) as { pid: number };
  const namespace = await readlink(`/proc/${pid}/ns/pid`);
  const sizes = (await readdir('/proc'))
    .filter((entry) => /^\d+$/.test(entry))
    .map(async (entry) => {
      try {
        if (
          (await readlink(`/proc/${entry}/ns/pid_for_children`)) !== namespace &&
          (await readlink(`/proc/${entry}/ns/pid`)) !== namespace
        )
          return 0;
        const rollup = await readFile(`/proc/${entry}/smaps_rollup`, 'utf8');
        return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
      } catch {
        return 0; // The process ended meanwhile.
      }
    });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
