import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { npmRunJson } from '../../support/commands.ts';
import { atMostOfPeer, median, observe, type Measured } from '../figure.ts';

/** What {@link benchNamespacesPreview} needs. */
export interface NamespacesPreviewOptions {
  readonly checkout: string;
  /** Runs of each number of namespaces. */
  readonly runs: number;
  /** A local cluster that does not run. */
  readonly cluster: string;
  readonly report: (text: string) => void;
}

const counts = { few: 1, some: 10, many: 50 } as const;

type Count = keyof typeof counts;

/** More than this above the line is no straight line; the line itself is known to about a tenth. */
const most = 1.25;

const stackFile = z.object({ config: z.record(z.string(), z.unknown()) });

/**
 * Times previews of stack prod with 1, 10 and 50 application namespaces, in turn, where no cluster can be reached. Each run
 * with 50 is compared with where the line through the runs with 1 and 10 leads.
 */
export async function benchNamespacesPreview(options: NamespacesPreviewOptions): Promise<Measured> {
  const directory = await mkdtemp(join(tmpdir(), 'tracewright-bench-'));
  try {
    const files = await writeConfigurations(options.checkout, directory);
    const seconds: Record<Count, number[]> = { few: [], some: [], many: [] };
    // The first preview of a machine reads every program from its disk.
    await preview(options, files.few);
    for (let run = 1; run <= options.runs; run++) {
      for (const count of ['few', 'some', 'many'] as const) seconds[count].push(await preview(options, files[count]));
      options.report(`previews ${run} of ${options.runs}: ${describeLast(seconds)}`);
    }
    return judge(seconds);
  } finally {
    await rm(directory, { recursive: true });
  }
}

function judge(seconds: Readonly<Record<Count, readonly number[]>>): Measured {
  const { few, some, many } = seconds;
  const peerRuns = few.map((first, run) => extrapolate(first, some[run] ?? NaN));
  const perNamespace = many.map((last, run) => (1000 * (last - (few[run] ?? NaN))) / (counts.many - counts.few));
  return {
    figures: [
      atMostOfPeer(
        `preview with ${counts.many} application namespaces`,
        { runs: many, peer: `the line through the runs with ${counts.few} and ${counts.some}`, peerRuns },
        most,
        's',
        `${median(perNamespace).toFixed(1)} ms for each namespace`,
      ),
    ],
    observations: [
      observe(`preview with ${counts.few} application namespace`, few, 's'),
      observe(`preview with ${counts.some} application namespaces`, some, 's'),
      observe('preview, for each application namespace', perNamespace, 'ms'),
    ],
  };
}

function extrapolate(few: number, some: number): number {
  const slope = (some - few) / (counts.some - counts.few);
  return few + slope * (counts.many - counts.few);
}

async function preview(options: NamespacesPreviewOptions, file: ConfiguredNamespaces): Promise<number> {
  const environment = { KUBECONFIG: '', PULUMI_CONFIG_PASSPHRASE: 'of no use: nothing is kept' };
  const started = performance.now();
  const args = ['--stack', 'prod', '--config-file', file.path, '--cluster', options.cluster];
  const { changes } = await npmRunJson('preview', args, { cwd: options.checkout, env: environment });
  const seconds = Math.round(performance.now() - started) / 1000;
  if (!(Number(changes) > file.namespaces))
    throw new Error(
      `a preview with ${file.namespaces} namespaces found ${String(changes)} changes: it previewed no stack`,
    );
  return seconds;
}

/** A stack's configuration, and how many application namespaces it has. */
interface ConfiguredNamespaces {
  readonly path: string;
  readonly namespaces: number;
}

/** Stack prod as it is, but for its application namespaces. */
async function writeConfigurations(
  checkout: string,
  directory: string,
): Promise<Readonly<Record<Count, ConfiguredNamespaces>>> {
  const { config } = stackFile.parse(parse(await readFile(join(checkout, 'Pulumi.prod.yaml'), 'utf8')));
  const write = async (count: Count): Promise<ConfiguredNamespaces> => {
    const names = Array.from({ length: counts[count] }, (_, index) => `team-${index + 1}`);
    const path = join(directory, `${count}.yaml`);
    await writeFile(path, stringify({ config: { ...config, 'tracewright:applicationNamespaces': names } }));
    return { path, namespaces: names.length };
  };
  return { few: await write('few'), some: await write('some'), many: await write('many') };
}

function describeLast(seconds: Readonly<Record<Count, readonly number[]>>): string {
  const last = (count: Count): string => seconds[count].at(-1)?.toFixed(1) ?? '';
  return `${last('few')}, ${last('some')}, ${last('many')} s with ${Object.values(counts).join(', ')} namespaces`;
}
