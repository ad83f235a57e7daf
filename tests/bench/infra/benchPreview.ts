import { npmRunJson } from '../../support/commands.ts';
import { atMost, type Figure } from '../figure.ts';

/** What {@link benchPreview} needs. */
export interface PreviewBenchOptions {
  readonly checkout: string;
  readonly runs: number;
  /** A local cluster that does not run. */
  readonly cluster: string;
  readonly report: (text: string) => void;
}

/** Times `npm run preview -- --stack prod` where no cluster can be reached, as in a pull request, from npm's start to its end. */
export async function benchPreview(options: PreviewBenchOptions): Promise<Figure> {
  const environment = { KUBECONFIG: '', PULUMI_CONFIG_PASSPHRASE: 'of no use: nothing is kept' };
  const seconds: number[] = [];
  for (let run = 1; run <= options.runs; run++) {
    const started = performance.now();
    const answer = await npmRunJson('preview', ['--stack', 'prod', '--cluster', options.cluster], {
      cwd: options.checkout,
      env: environment,
    });
    seconds.push(Math.round(performance.now() - started) / 1000);
    if (!(Number(answer['changes']) > 0)) throw new Error('the preview found nothing to create: it previewed no stack');
    options.report(`preview ${run} of ${options.runs}: ${seconds.at(-1)?.toFixed(1) ?? ''} s`);
  }
  return atMost('preview of stack prod without a cluster', seconds, 15, 's');
}
