import { field } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Problem } from '../../rule.ts';
import { valueState } from '../valueState.ts';

/** A field of the `spec` of pods. */
export interface PodField {
  readonly name: string;
  /** Whether a value keeps the rule; `undefined` for a field that is missing. */
  readonly isRight: (value: unknown) => boolean;
  /** What the field must be, after "it must". */
  readonly must: string;
  readonly fix: string;
}

/** Says where the pods of an object break what is asked of a field. @throws UnknownFieldError */
export function* podFieldProblems({ workload }: KubernetesObject, asked: PodField): Iterable<Problem> {
  if (workload === undefined) return;
  const value = field(workload.podSpec, asked.name);
  if (asked.isRight(value)) return;
  yield {
    path: `${workload.podPath}.${asked.name}`,
    problem: `${valueState(value)}: it must ${asked.must}`,
    fix: asked.fix,
  };
}

/** Where the metadata of the pods of a workload stand: `spec.template.metadata`. */
export function podMetadataPath(podPath: string): string {
  return `${podPath.slice(0, -'spec'.length)}metadata`;
}
