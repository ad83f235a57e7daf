import { apps, core, networking, policy } from '@pulumi/kubernetes';
import { manyDeployments, type Declared } from './manyDeployments.ts';

/** The program that is previewed: Deployments, with what they share. @param count - How many Deployments. */
export function declareDeployments(count: number): void {
  for (const one of manyDeployments(count)) declare(`${one.metadata.namespace}-${one.metadata.name}`, one);
}

function declare(name: string, declared: Declared): unknown {
  switch (declared.kind) {
    case 'Deployment':
      return new apps.v1.Deployment(name, declared);
    case 'ServiceAccount':
      return new core.v1.ServiceAccount(name, declared);
    case 'ConfigMap':
      return new core.v1.ConfigMap(name, declared);
    case 'NetworkPolicy':
      return new networking.v1.NetworkPolicy(name, declared);
    case 'PodDisruptionBudget':
      return new policy.v1.PodDisruptionBudget(name, declared);
  }
}
