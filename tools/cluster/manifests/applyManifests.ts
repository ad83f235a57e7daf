import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, ApiObject } from '../apiClient.ts';
import { ApiRequestError } from '../errors/apiRequestError.ts';

/** Until when, in milliseconds since the epoch, and by whose clock. */
export interface ApplyLimits {
  readonly deadline: number;
  readonly now: () => number;
  readonly signal?: AbortSignal | undefined;
}

// A refused connection is answered at once.
const PAUSE_MILLIS = 100;

/**
 * Applies every object. What the API server does not answer in time is asked again, which changes nothing twice: on a
 * machine that is busy with starting it all, the first answers are late.
 *
 * @throws ApiRequestError when one is refused; the connection's own error when the time is over; the signal's reason.
 */
export async function applyManifests(
  api: Pick<ApiClient, 'apply'>,
  manifests: readonly ApiObject[],
  { deadline, now, signal }: ApplyLimits,
): Promise<void> {
  await Promise.all(
    manifests.map(async (manifest) => {
      let wasUnanswered = false;
      for (;;) {
        try {
          await api.apply(manifest);
          return;
        } catch (error) {
          signal?.throwIfAborted();
          const isRefused = error instanceof ApiRequestError && !(wasUnanswered && isConflict(error));
          if (isRefused || now() > deadline) throw error;
          wasUnanswered = true;
          await sleep(PAUSE_MILLIS);
        }
      }
    }),
  );
}

/** What an earlier request, of which nobody heard any more, can be the reason of: it holds the Service's address. */
function isConflict({ statusCode }: ApiRequestError): boolean {
  return statusCode === 409 || statusCode === 422;
}
