import { functionName } from '../../core/functionName.ts';
import { copyMetadata } from './copyMetadata.ts';
import { functionKind } from './functionKind.ts';
import { GeneratorCalls } from './generatorCalls.ts';
import { type NameFinder, SpanPlan } from './spanPlan.ts';
import { TracedCalls } from './tracedCalls.ts';
import type { AnyFunction } from './anyFunction.ts';
import type { TracedOptions } from './tracedOptions.ts';

/**
 * A traced function in the place of `fn`.
 *
 * @param defaultName - the name of its spans where the options give none
 */
export function traceFunction<F extends AnyFunction>(
  fn: F,
  options: TracedOptions,
  defaultName: string | NameFinder = functionName(fn),
): F {
  const kind = functionKind(fn);
  const plan = new SpanPlan(options, defaultName, kind === 'async');
  const { traced } = kind === 'generator' ? new GeneratorCalls(fn, plan) : new TracedCalls(fn, plan);
  copyMetadata(fn, traced);
  return traced;
}
