import type { Actor, DefinedAction } from './action.ts';
import type { InstanceAnswer } from './instanceSchema.ts';
import type { DefinedView, InstancePart } from './view.ts';

/** What was asked, or said, as it came: texts by name. */
export type RawInput = Readonly<Record<string, unknown>>;

/** The parts of a view, and who was asked for them. */
export interface CollectedParts {
  /** Empty where no instance has what was asked for by its ID. */
  readonly parts: readonly InstancePart<unknown>[];
  readonly answers: readonly InstanceAnswer[];
}

/** What became of an action on every instance that holds the thing. */
export interface PerformedAction {
  /** What all instances that hold the thing answer together; `undefined` where nobody holds it. */
  readonly output: unknown;
  /** On which instances it was done. */
  readonly done: readonly string[];
  /** Which did not answer, or refused: the action is not done there. */
  readonly failed: readonly InstanceAnswer[];
}

/** Where parts come from and where actions go: this instance alone, or its peers, too. */
export interface PartsSource {
  /** @throws ZodError where the query is wrong */
  collect(view: DefinedView, query: RawInput): Promise<CollectedParts>;
  /**
   * @throws ZodError where the input is wrong
   * @throws RefusedActionError where it can be done nowhere
   */
  perform(action: DefinedAction, input: RawInput, actor: Actor): Promise<PerformedAction>;
}
