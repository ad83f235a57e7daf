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
      for (;;) {
        try {
          await api.apply(manifest);
          return;
        } catch (error) {
          signal?.throwIfAborted();
          if (error instanceof ApiRequestError || now() > deadline) throw error;
          await sleep(PAUSE_MILLIS);
        }
      }
    }),
  );
}
