/**
 * A handler of errors that never throws, nor leaves a rejected promise. Telemetry never fails its host: where its own
 * reports fail, be it later in a promise, there is nobody left to tell.
 */
export function neverThrowing(onError: (error: Error) => unknown): (error: Error) => void {
  return (error) => {
    try {
      Promise.resolve(onError(error)).catch(() => undefined);
    } catch {
      // As above.
    }
  };
}
