import { loadavg } from 'node:os';
import { observe, type Measured } from '../figure.ts';
import { npmRunJson } from '../../support/commands.ts';
import { benchPipelines } from '../infra/benchPipelines.ts';
import { benchPreview } from '../infra/benchPreview.ts';

/** How the suite `infra` is run. */
export interface InfraBenchOptions {
  readonly checkout: string;
  /** Runs of each figure. */
  readonly runs: number;
  /** Spans of a run. */
  readonly spans: number;
  readonly report: (text: string) => void;
}

/** Name of the local cluster that the suite starts and removes. */
const cluster = 'bench';

/** Times a preview without a cluster, and spans through pods against the same programs bare. */
export async function benchInfra(options: InfraBenchOptions): Promise<Measured> {
  const { checkout } = options;
  const load = loadavg()[0] ?? 0;
  const down = (): Promise<unknown> => npmRunJson('down', ['--cluster', cluster], { cwd: checkout });
  await down();
  try {
    const preview = await benchPreview({ ...options, cluster });
    await npmRunJson('up', ['--cluster', cluster, '--no-example'], { cwd: checkout, timeoutSeconds: 900 });
    const pipelines = await benchPipelines({ ...options, cluster });
    return {
      figures: [preview, ...pipelines.figures],
      observations: [
        observe('load average of the machine when the suite began', [load], 'processes'),
        ...(pipelines.observations ?? []),
      ],
    };
  } finally {
    await down();
  }
}
