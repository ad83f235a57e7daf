import { HTTP_METHODS, httpMethod } from './httpMethod.ts';

/** What a request to a server is called until its route is known, and for good where none fits: `GET (no route)`. */
export function unroutedOperation(method: string | undefined): string {
  return `${httpMethod(method)} (no route)`;
}

/** Every such name. Each has a series of its own, however many operations there are: of these there can be no more. */
export const UNROUTED_OPERATIONS: ReadonlySet<string> = new Set([...HTTP_METHODS, undefined].map(unroutedOperation));
