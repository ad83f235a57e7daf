import type { KubernetesObject } from '@kubernetes/client-node';
import { describeObject, type DeclaredObject } from '../../declaredObject.ts';
import type { Deployment } from '../../deployment.ts';
import type { Finding } from '../../finding.ts';
import { describeRefusal } from '../../refusal.ts';

/**
 * Judges objects by what the cluster has of each, undefined where it has none. One that the user may not read is `unchecked`, and stops
 * none of the others.
 */
export async function judgeLive(
  { live }: Pick<Deployment, 'live'>,
  objects: readonly DeclaredObject[],
  expected: string,
  judge: (object: DeclaredObject, live: KubernetesObject | undefined) => readonly Finding[],
): Promise<Finding[]> {
  const looks = objects.map(async (object): Promise<readonly Finding[]> => {
    try {
      return judge(object, await live(object));
    } catch (error) {
      return [{ outcome: 'unchecked', subject: describeObject(object), expected, ...describeRefusal(error) }];
    }
  });
  return (await Promise.all(looks)).flat();
}
