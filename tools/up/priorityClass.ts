import { ApiException, SchedulingV1Api, type KubeConfig } from '@kubernetes/client-node';
import type { StackConfig } from '../../infra/schema/stackConfigSchema.ts';
import { noneIfForbidden } from '../kube/noneIfForbidden.ts';

/** The configuration names a PriorityClass that the cluster does not have. */
export class UnknownPriorityClassError extends Error {
  override readonly name = 'UnknownPriorityClassError';

  constructor(wanted: string, known: readonly string[]) {
    super(
      `tracewright:priorityClassName = "${wanted}": the cluster has no such PriorityClass, and would refuse every pod of it; ` +
        `allowed: ${known.join(', ')}. Make it first, or leave the key out: then the stack makes one. Nothing was deployed.`,
    );
  }
}

/**
 * Makes sure that the PriorityClass of a configuration exists.
 * @throws UnknownPriorityClassError
 */
export async function requirePriorityClass(
  kube: KubeConfig,
  { priorityClassName }: Pick<StackConfig, 'priorityClassName'>,
): Promise<void> {
  if (priorityClassName === undefined) return;
  const scheduling = kube.makeApiClient(SchedulingV1Api);
  try {
    await scheduling.readPriorityClass({ name: priorityClassName });
  } catch (error) {
    if (!(error instanceof ApiException && error.code === 404)) {
      noneIfForbidden(error);
      return;
    }
    const { items } = await scheduling.listPriorityClass().catch(noneIfForbidden);
    throw new UnknownPriorityClassError(
      priorityClassName,
      items.map(({ metadata }) => metadata?.name ?? ''),
    );
  }
}
