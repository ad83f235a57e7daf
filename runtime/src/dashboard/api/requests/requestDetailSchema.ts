import { z } from '@hono/zod-openapi';
import { ERROR_SEVERITIES } from '../../../errors/errorSeverity.ts';
import { count } from '../countSchema.ts';
import { wallMillisSchema } from '../instanceSchema.ts';
import { requestFacts, requestRow } from './requestSchema.ts';

/** How many parts of a request, and requests of its trace, are told of. */
export const MOST_RELATED = 100;

/** Which request. Those whose IDs are `groups` and `samples` are found as `GET requests?id=` alone. */
export const requestDetailQuery = z.strictObject({ id: z.string().min(1).max(500) });

/** A list, so that names that mean something to JavaScript mean nothing here. */
const attributes = z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) }));

/** An error that was captured in the request. */
const requestError = z.object({
  groupId: z.string(),
  type: z.string(),
  message: z.string(),
  severity: z.enum(ERROR_SEVERITIES),
  isHandled: z.boolean(),
  atMillis: wallMillisSchema,
});

/** Other requests; `total` counts those beyond the first 100, too. */
function related<Request extends z.ZodType>(request: Request) {
  return z.object({ requests: z.array(request), total: count });
}

/** What an instance knows of a request: of the request itself, or of its parts alone. */
export const requestDetailPart = z.object({
  request: requestFacts.extend({ attributes }).optional(),
  /** Where it is kept by the same instance. */
  parent: requestFacts.optional(),
  /** The requests that are parts of it. */
  children: related(requestFacts),
  /** Other requests of its trace; its parent and its parts are not among them. */
  sameTrace: related(requestFacts),
  errors: z.array(requestError),
  /** Whether errors were looked for: they are not where the error tracker is switched off. */
  hasErrorTracker: z.boolean(),
});

/** Everything that is known of a request. */
export const requestDetailResult = z.object({
  /** One for each instance that has a request of this ID: mostly one. Empty where only its parts are kept. */
  requests: z.array(requestRow.extend({ attributes })),
  parent: requestRow.optional(),
  children: related(requestRow),
  sameTrace: related(requestRow),
  errors: z.array(requestError.extend({ instance: z.string() })),
  hasErrorTracker: z.boolean(),
});

export type RequestDetailPart = z.infer<typeof requestDetailPart>;
export type RequestDetailResult = z.infer<typeof requestDetailResult>;
export type DetailedRequest = RequestDetailResult['requests'][number];
export type RequestError = z.infer<typeof requestError>;
export type ShownAttribute = z.infer<typeof attributes>[number];
