import type { z } from '@hono/zod-openapi';
import type { ViewSource } from '../viewSource.ts';

/** Who does something: what the session or the application's own authentication says. */
export interface Actor {
  /** Shown to others as the one who did it; at most 200 characters. */
  readonly name: string;
}

/** Something that people do on the page: done on every instance that holds the thing. Needs the role `operate`. */
export interface Action<Input extends z.ZodObject, Output extends z.ZodType> {
  /** Path beneath `api/v1/`, such as `errors/{id}/resolve`; what is in braces is in the input, too. */
  readonly path: string;
  /** One sentence for the OpenAPI document. */
  readonly summary: string;
  /** The body, with the variables of the path; a strict object. */
  readonly input: Input;
  /** What an instance answers. */
  readonly output: Output;
  /**
   * Does it here.
   *
   * @returns `undefined` where this instance does not hold the thing
   * @throws RefusedActionError where it cannot be done
   */
  readonly perform: (
    source: ViewSource,
    input: z.output<Input>,
    actor: Actor,
  ) => z.output<Output> | undefined | Promise<z.output<Output> | undefined>;
  /**
   * Makes one answer of those of all instances that hold the thing; at least one is there, this instance's first.
   * @defaultValue the first one
   */
  readonly merge?: (outputs: readonly z.output<Output>[]) => z.output<Output>;
}

/** An action whose types were checked where it was defined. */
export interface DefinedAction {
  readonly path: string;
  readonly summary: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
  /** Checks what was said. @throws ZodError with everything that is wrong */
  readonly parse: (input: Readonly<Record<string, unknown>>) => unknown;
  /** `input` is what `parse` returned. */
  readonly perform: (source: ViewSource, input: unknown, actor: Actor) => Promise<unknown>;
  /** `outputs` are what `perform` returned, or `output` parsed. */
  readonly merge: (outputs: readonly unknown[]) => unknown;
}

/** Ties an action's function to its schemas, so that actions of different types stand in one list. */
export function defineAction<Input extends z.ZodObject, Output extends z.ZodType>(
  action: Action<Input, Output>,
): DefinedAction {
  const { path, summary, input, output } = action;
  return {
    path,
    summary,
    input,
    output,
    parse: (raw) => input.parse(raw),
    // Only what parse, perform and the schemas returned comes back here.
    perform: async (source, parsed, actor) => action.perform(source, parsed as z.output<Input>, actor),
    merge: (outputs) => action.merge?.(outputs as readonly z.output<Output>[]) ?? outputs[0],
  };
}

/** What was asked for cannot be done as things stand: the message says why, and what can be done. */
export class RefusedActionError extends Error {
  override readonly name = 'RefusedActionError';
}
