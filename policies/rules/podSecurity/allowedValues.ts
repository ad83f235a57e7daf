import { fieldAt, isPresent, shown } from '../../kubernetes/fields.ts';
import type { ContainerProblem } from '../../problems.ts';

/** A field that may be left out or have one of some values. */
export interface AllowedValues {
  /** From the pod's `spec` or the container: `securityContext.privileged`. */
  readonly path: string;
  /** The empty text stands for a field that is left out. */
  readonly allowed: readonly (string | boolean)[];
  /** The field as it could be written, or what else to do. */
  readonly fix: string;
}

/**
 * Says where a field has another value.
 * @param because - What that does, to be read after the value: `, which opens ports`. @defaultValue nothing
 * @throws UnknownFieldError
 */
export function* otherValues(
  spec: unknown,
  field: AllowedValues,
  because: () => string = () => '',
): Iterable<ContainerProblem> {
  const { path, allowed, fix } = field;
  const value = fieldAt(spec, ...path.split('.'));
  if (!isPresent(value) || allowed.some((one) => one === value)) return;
  yield { path, problem: `is ${shown(value)}${because()}: ${allowance(allowed)}`, fix };
}

/** "a, b or c". */
export function alternatives(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}

function allowance(allowed: readonly (string | boolean)[]): string {
  const values = allowed.filter((value) => value !== '').map(shown);
  return values.length === 0 ? 'it must not be set' : `it must be ${alternatives([...values, 'left out'])}`;
}
