import type { HostProcess } from './hostProcess.ts';

const QUIET_MILLIS = 60_000;

/**
 * A handler of operational errors that warns at the first one and then at most once a minute, saying how many it held
 * back in between: a collector that is down for an hour must not fill the log of every application.
 */
export function warnSparingly(host: Pick<HostProcess, 'monotonicMillis' | 'warn'>): (error: Error) => void {
  let quietUntil = Number.NEGATIVE_INFINITY;
  let heldBack = 0;
  return (error) => {
    const now = host.monotonicMillis();
    if (now < quietUntil) {
      heldBack += 1;
      return;
    }
    host.warn(heldBack === 0 ? error : withCount(error, heldBack));
    quietUntil = now + QUIET_MILLIS;
    heldBack = 0;
  };
}

function withCount(error: Error, heldBack: number): Error {
  const warning = new Error(`${error.message} (and ${heldBack} more in the last minute or so)`, { cause: error });
  warning.name = error.name;
  return warning;
}
