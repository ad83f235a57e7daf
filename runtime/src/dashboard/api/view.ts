import type { z } from '@hono/zod-openapi';
import type { Instance } from '../instance.ts';
import type { ViewSource } from '../viewSource.ts';

/** What one instance said of a view. */
export interface InstancePart<Part> {
  readonly instance: Instance;
  readonly part: Part;
}

/** Something that the API shows: read on every instance, and merged. */
export interface View<Query extends z.ZodObject, Part extends z.ZodType, Result extends z.ZodType> {
  /** Path beneath `api/v1/`, such as `errors/{id}`; what is in braces is in the query, too. */
  readonly path: string;
  /** One sentence for the OpenAPI document. */
  readonly summary: string;
  /** Of all that may be asked, with the variables of the path; a strict object of texts that are turned into values. */
  readonly query: Query;
  /** What one instance knows. */
  readonly part: Part;
  /** What is answered. */
  readonly result: Result;
  /**
   * Reads this instance's part from snapshots; quick, since it runs in the application's thread.
   *
   * @returns `undefined` where this instance has nothing of what was asked for by its ID
   */
  readonly read: (
    source: ViewSource,
    query: z.output<Query>,
  ) => z.output<Part> | undefined | Promise<z.output<Part> | undefined>;
  /** Makes one answer of the parts; at least one is there. Pure. */
  readonly merge: (parts: readonly InstancePart<z.output<Part>>[], query: z.output<Query>) => z.output<Result>;
  /**
   * How peers are asked: not at all where `false`, for what one instance finds out for all; else with this beside, or in the place
   * of, what was asked.
   * @defaultValue as this instance is
   */
  readonly askPeers?: false | Readonly<Record<string, string>>;
  /** Says what is not there where no instance has it. @defaultValue `there is nothing here` */
  readonly missing?: (query: z.output<Query>) => string;
}

/** A view whose types were checked where it was defined. */
export interface DefinedView {
  readonly path: string;
  readonly summary: string;
  readonly query: z.ZodObject;
  readonly part: z.ZodType;
  readonly result: z.ZodType;
  /** Checks what was asked. @throws ZodError with everything that is wrong */
  readonly parse: (query: Readonly<Record<string, unknown>>) => unknown;
  readonly askPeers: false | Readonly<Record<string, string>>;
  /** `query` is what `parse` returned. */
  readonly read: (source: ViewSource, query: unknown) => Promise<unknown>;
  /** Checks what a peer said. @throws ZodError where it is no part */
  readonly parsePart: (part: unknown) => unknown;
  readonly merge: (parts: readonly InstancePart<unknown>[], query: unknown) => unknown;
  readonly missing: (query: unknown) => string;
}

/** Ties a view's functions to its schemas, so that views of different types stand in one list. */
export function defineView<Query extends z.ZodObject, Part extends z.ZodType, Result extends z.ZodType>(
  view: View<Query, Part, Result>,
): DefinedView {
  const { path, summary, query, part, result } = view;
  // Only what parse and parsePart returned comes back here.
  const asked = (parsed: unknown) => parsed as z.output<Query>;
  return {
    path,
    summary,
    query,
    part,
    result,
    askPeers: view.askPeers ?? {},
    parse: (raw) => query.parse(raw),
    read: async (source, parsed) => view.read(source, asked(parsed)),
    parsePart: (raw) => part.parse(raw),
    merge: (parts, parsed) => view.merge(parts as readonly InstancePart<z.output<Part>>[], asked(parsed)),
    missing: (parsed) => view.missing?.(asked(parsed)) ?? 'there is nothing here',
  };
}
