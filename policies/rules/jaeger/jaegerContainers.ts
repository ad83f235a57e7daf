import { fieldAt, isRecord, texts, text } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import type { Container, Workload } from '../../kubernetes/workloads.ts';
import { untilUnknown, type ContainerProblem } from '../../problems.ts';
import type { Problem, StackProblem } from '../../rule.ts';
import { gather } from '../gather.ts';
import { JaegerSettings, type VariableSources } from './jaegerSettings.ts';

const roles = ['collector', 'query', 'agent', 'ingester', 'es-index-cleaner', 'es-rollover', 'all-in-one'] as const;

/** Programs of Jaeger 1. */
export type JaegerRole = (typeof roles)[number];

/** A container that runs a program of Jaeger 1. */
export interface JaegerContainer {
  readonly role: JaegerRole;
  /** Of the image: `1.50.0`; `undefined` where it has none. */
  readonly tag: string | undefined;
  readonly object: KubernetesObject;
  readonly workload: Workload;
  readonly container: Container;
  readonly settings: JaegerSettings;
}

// The last is published as `jaegertracing/all-in-one`.
const image = /(?:^|\/)(?:jaeger-|jaegertracing\/)([a-z-]+)(?::([\w.-]+))?(?:@.*)?$/;

/** The containers of a set that run Jaeger: known by the name of their image, whatever its registry. */
export function* jaegerContainers(
  objects: readonly KubernetesObject[],
): Generator<StackProblem, readonly JaegerContainer[]> {
  const configMaps = new ObjectIndex(objects, 'ConfigMap', '');
  const secrets = new ObjectIndex(objects, 'Secret', '');
  const found: JaegerContainer[] = [];
  yield* gather(objects, (object) =>
    found.push(...containersOf(object, { namespace: object.namespace, configMaps, secrets })),
  );
  return found;
}

/** The containers of one object that run Jaeger. @throws UnknownFieldError */
export function containersOf(object: KubernetesObject, sources: VariableSources): readonly JaegerContainer[] {
  const { workload } = object;
  if (workload === undefined) return [];
  return workload.containers.flatMap((container) => {
    const named = imageOf(container);
    return named === undefined
      ? []
      : [{ ...named, object, workload, container, settings: new JaegerSettings(container.spec, sources) }];
  });
}

/** Checks containers one after the other; a value that a preview cannot know in one of them hides no other. */
export function* eachJaeger(
  containers: Iterable<JaegerContainer>,
  check: (one: JaegerContainer) => Iterable<ContainerProblem>,
): Iterable<StackProblem> {
  for (const one of containers) {
    const { container, object } = one;
    const problems = untilUnknown(container.spec, container.path, placed(one, check), container.name);
    for (const problem of problems) yield { ...problem, object };
  }
}

/** Containers that belong together, as those of one Jaeger: of one namespace and one `app.kubernetes.io/instance`. */
export function installations(containers: readonly JaegerContainer[]): readonly (readonly JaegerContainer[])[] {
  const byKey = new Map<string, JaegerContainer[]>();
  for (const one of containers) {
    const key = installationOf(one);
    const together = byKey.get(key);
    if (together === undefined) byKey.set(key, [one]);
    else together.push(one);
  }
  return [...byKey.values()];
}

/** What tells installations apart. @throws UnknownFieldError */
export function installationOf({ object, workload }: JaegerContainer): string {
  const labels = texts(fieldAt(workload.metadata, 'labels'));
  return JSON.stringify([object.namespace, labels['app.kubernetes.io/instance'] ?? '']);
}

/** An image that a preview cannot know is one that the program builds, and none of Jaeger's. */
function imageOf({ spec }: Container): Pick<JaegerContainer, 'role' | 'tag'> | undefined {
  const name = isRecord(spec) ? (text(spec['image']) ?? '') : '';
  const [, program, tag] = image.exec(name) ?? [];
  const role = roles.find((one) => one === program);
  return role === undefined ? undefined : { role, tag };
}

function* placed(one: JaegerContainer, check: (one: JaegerContainer) => Iterable<ContainerProblem>): Iterable<Problem> {
  const { path, name } = one.container;
  for (const problem of check(one)) yield { ...problem, path: `${path}.${problem.path}`, container: name };
}
