import { fieldAt, isPresent, shown } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { isScaledObject } from '../../kubernetes/replicas.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { replicasOf } from '../gather.ts';
import { jaegerContainers } from './jaegerContainers.ts';
import { jaegerExample } from './jaegerExamples.ts';

const fewest = 2;

/** One pod of Jaeger may go, and spans are still taken and found. */
export const jaegerReplicas = stackRule({
  name: 'jaeger-replicas',
  asks: "Jaeger's collector and query service each have at least two pods.",
  severity: 'medium',
  level: 'advisory',
  levels: { dev: 'disabled', prod: 'mandatory' },
  rationale:
    'With one collector, spans are lost during each of its restarts: agents and applications keep them for moments only.',
  link: 'https://www.jaegertracing.io/docs/1.50/deployment/#collector',
  passes: jaegerExample('collector', { spec: ['replicas: 2'] }),
  fails: jaegerExample('collector', { spec: ['replicas: 1'] }),
  *check(objects) {
    const containers = yield* jaegerContainers(objects);
    const replicas = yield* replicasOf(objects);
    const scaled = containers.filter(({ role }) => role === 'collector' || role === 'query');
    yield* eachObject(new Set(scaled.map(({ object }) => object)), function* (object): Iterable<Problem> {
      const least = replicas.least(object);
      if (least === undefined || least >= fewest) return;
      const scaler = replicas.autoscalerOf(object);
      yield {
        path: 'spec.replicas',
        problem: `${scaler === undefined ? stateOf(object) : `is ${least} at the least, by ${scaler.identity}`}: it must be ${fewest} or more`,
        fix: `${numberField(scaler)}: ${fewest}`,
      };
    });
  },
});

function numberField(scaler: KubernetesObject | undefined): string {
  if (scaler === undefined) return 'replicas';
  return isScaledObject(scaler) ? 'minReplicaCount' : 'minReplicas';
}

function stateOf({ body }: KubernetesObject): string {
  const replicas = fieldAt(body, 'spec', 'replicas');
  return isPresent(replicas) ? `is ${shown(replicas)}` : 'is not set, which means 1';
}
