import { ApiException } from '@kubernetes/client-node';
import { isRecord } from '../values/isRecord.ts';
import { parsedJson } from '../values/parsedJson.ts';
import { toError } from '../values/toError.ts';

/**
 * An error in one line for a person. The message of an API server's answer is what it says; no header and no other part of the answer is
 * in it, which the client's own message has.
 */
export function apiErrorText(error: unknown): string {
  if (!(error instanceof ApiException)) return toError(error).message;
  const verb = isRefusal(error) ? `refuses it (${error.code})` : `answered ${error.code}`;
  return `the API server ${verb}: ${reasonOf(error)}`;
}

/** Whether the API server does not let this user do it. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ApiException && (error.code === 401 || error.code === 403);
}

function reasonOf({ body }: ApiException<unknown>): string {
  const status: unknown = typeof body === 'string' ? parsedJson(body) : body;
  return isRecord(status) && typeof status['message'] === 'string' ? status['message'] : 'it gives no reason';
}
