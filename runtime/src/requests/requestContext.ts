import type { TrackedRequest } from './trackedRequest.ts';

/** Calls a function with a request as the current one. */
export type RunInRequest = <T>(request: TrackedRequest, fn: () => T) => T;
