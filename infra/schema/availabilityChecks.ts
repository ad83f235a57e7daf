import { isRecord } from './isRecord.ts';
import type { ConfigProblem } from './stackConfigError.ts';
import type { StackDefaults } from './stackDefaults.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** What would block every drain of a node, or leave it open who says how many pods there are. */
export function availabilityProblems(own: Mapping, { environment }: StackDefaults): ConfigProblem[] {
  return (['collector', 'query', 'ingester'] as const).flatMap((component) => {
    const settings = own[component];
    if (!isRecord(settings)) return [];
    return [
      ...replicaProblems(component, settings),
      ...drainProblems(component, settings, environment.replicas[component]),
    ];
  });
}

function replicaProblems(component: string, { replicas, autoscaling }: Mapping): ConfigProblem[] {
  if (replicas === undefined || autoscaling === undefined) return [];
  const message = `stands beside ${component}.autoscaling, which would be undone by each deployment: give only one of them`;
  return [{ key: `${component}.replicas`, value: JSON.stringify(replicas), message }];
}

function drainProblems(component: string, settings: Mapping, usual: number): ConfigProblem[] {
  const { minAvailable, autoscaling, replicas = usual } = settings;
  const scaled = isRecord(autoscaling);
  const pods = scaled ? (autoscaling['minReplicas'] ?? usual) : replicas;
  if (typeof minAvailable !== 'number' || typeof pods !== 'number' || minAvailable < pods) return [];
  const where = `${component}.${scaled ? 'autoscaling.minReplicas' : 'replicas'}`;
  const message = `must be below ${where} (${String(pods)}): no node with one of the pods could be drained`;
  return [{ key: `${component}.minAvailable`, value: String(minAvailable), message }];
}
