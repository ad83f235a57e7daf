import { loadavg } from 'node:os';
import { observe, type Measured } from '../figure.ts';
import { benchPublicManifests } from '../policies/benchPublicManifests.ts';
import { benchPackPreviews, type PackPreviewsOptions } from '../policies/benchPackPreviews.ts';

/** Times the policy pack under the engine, and holds what it says of public manifests against what kube-score says. */
export async function benchPolicies(options: PackPreviewsOptions): Promise<Measured> {
  const load = observe('load average of the machine when the suite began', [loadavg()[0] ?? 0], 'processes');
  const previews = await benchPackPreviews(options);
  const manifests = await benchPublicManifests(options.report);
  return {
    figures: [...previews.figures, ...manifests.figures],
    observations: [load, ...(previews.observations ?? []), ...(manifests.observations ?? [])],
  };
}
