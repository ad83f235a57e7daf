import type { z } from '@hono/zod-openapi';
import { toError } from '../../core/toError.ts';
import type { SavedErrorGroup } from '../../errors/groups/saved/savedErrorGroups.ts';
import { linesOf, MOST_LINE_LENGTH } from './linesOf.ts';
import { savedGroupSchema } from './savedGroupSchema.ts';
import { type SnapshotStamp, snapshotStampSchema } from './snapshotStamp.ts';

/** As many as are kept at most. */
const MOST_GROUPS = 10_000;
/** How many problems are told: what is wrong with a file is wrong with many lines of it. */
const MOST_PROBLEMS = 3;

/** What a snapshot file has. */
export interface ReadSnapshot {
  /** Left out where the file is none, or one of another version: then nothing of it is read. */
  readonly stamp?: SnapshotStamp;
  readonly groups: readonly SavedErrorGroup[];
  /** What could not be read, the first three problems; none for a whole file. None of them has anything of what the file says. */
  readonly problems: readonly string[];
}

/** Reads a snapshot file, whoever wrote it: what is not as it is written is left out. @throws what reading throws */
export async function readSnapshot(pieces: AsyncIterable<string>): Promise<ReadSnapshot> {
  const groups: SavedErrorGroup[] = [];
  const problems: string[] = [];
  let stamp: SnapshotStamp | undefined;
  let number = 0;
  let isWhole = false;
  for await (const line of linesOf(pieces)) {
    number += 1;
    try {
      const value = parsedLine(line);
      if (stamp === undefined) stamp = checked<SnapshotStamp>(snapshotStampSchema, value);
      else if (isEnd(value)) isWhole = value.groups === number - 2;
      else groups.push(checked<SavedErrorGroup>(savedGroupSchema, value));
    } catch (error) {
      if (problems.length < MOST_PROBLEMS) problems.push(`line ${number}: ${toError(error).message}`);
    }
    // What is no snapshot, or of another version, is read no further.
    if (stamp === undefined || groups.length > MOST_GROUPS) break;
  }
  if (groups.length > MOST_GROUPS) problems.push(`there are more than ${MOST_GROUPS} groups`);
  else if (!isWhole && problems.length === 0) problems.push('lines are missing');
  return { ...(stamp && { stamp }), groups: groups.slice(0, MOST_GROUPS), problems };
}

/** Who wrote the file; `undefined` where it says nothing of it. @throws what reading throws */
export async function readStamp(pieces: AsyncIterable<string>): Promise<SnapshotStamp | undefined> {
  for await (const line of linesOf(pieces)) {
    try {
      return checked<SnapshotStamp>(snapshotStampSchema, parsedLine(line));
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** What V8 says of JSON that is none has some of its text, which may be secret. */
function parsedLine(line: string): unknown {
  if (line.length > MOST_LINE_LENGTH) throw new Error('is too long');
  try {
    return JSON.parse(line);
  } catch {
    throw new Error('is no JSON');
  }
}

function isEnd(value: unknown): value is { readonly groups: unknown } {
  return typeof value === 'object' && value !== null && 'groups' in value;
}

/** @throws Error with the first problem, which has a path and what is allowed there, and no value */
function checked<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.slice(0, 4).map(String).join('.').slice(0, 100);
  throw new Error(`${path ?? ''}: ${issue?.message.slice(0, 200) ?? 'is not allowed'}`);
}
