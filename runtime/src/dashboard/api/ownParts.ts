import type { ViewSource } from '../viewSource.ts';
import type { Actor, DefinedAction } from './action.ts';
import type { InstanceAnswer } from './instanceSchema.ts';
import type { CollectedParts, PartsSource, PerformedAction, RawInput } from './partsSource.ts';
import type { DefinedView } from './view.ts';

/** This instance alone. */
export class OwnParts implements PartsSource {
  readonly #source: ViewSource;

  constructor(source: ViewSource) {
    this.#source = source;
  }

  async collect(view: DefinedView, query: RawInput): Promise<CollectedParts> {
    const { instance } = this.#source;
    const part = await view.read(this.#source, view.parse(query));
    return { parts: part === undefined ? [] : [{ instance, part }], answers: [this.#answer()] };
  }

  async perform(action: DefinedAction, input: RawInput, actor: Actor): Promise<PerformedAction> {
    const output = await action.perform(this.#source, action.parse(input), actor);
    return { output, done: output === undefined ? [] : [this.#source.instance.id], failed: [] };
  }

  #answer(): InstanceAnswer {
    return { address: 'self', instance: this.#source.instance };
  }
}
