import { z } from '@hono/zod-openapi';
import { instanceSchema } from '../api/instanceSchema.ts';

/** What a peer is taken to be that says something else than expected. */
export const OTHER_FORM = 'answered in another form; is it of another release?';

/** It is shown with every answer. */
const name = z.string().max(2_000);

/** Who a replica is: part of everything that it says to another, and all of what it says at `parts` itself. */
export const peerAnswerSchema = z.object({
  instance: instanceSchema.extend({
    id: name,
    service: name,
    version: name.optional(),
    environment: name.optional(),
    hostName: name,
  }),
});

/** What a replica says to another of a view: who it is, and its part; none where it has nothing of what was asked for. */
export const peerPartSchema = peerAnswerSchema.extend({ part: z.unknown().optional() });

/** What is said to a replica of an action. */
export const peerActionInputSchema = z.strictObject({
  input: z.record(z.string(), z.unknown()),
  actor: z.strictObject({ name: z.string().min(1).max(200) }),
});

/** What a replica says to another of an action: neither of both where it does not hold the thing. */
export const peerActionSchema = peerAnswerSchema.extend({
  output: z.unknown().optional(),
  /** Why it cannot be done there. */
  refused: z.string().optional(),
});

/** What went wrong, of any answer of the API (RFC 9457). */
export const peerProblemSchema = z.object({ detail: z.string() });
