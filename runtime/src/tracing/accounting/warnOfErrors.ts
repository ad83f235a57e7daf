import type { HostProcess } from '../../core/hostProcess.ts';
import { warnSparingly } from '../../core/warnSparingly.ts';
import { SpansDroppedError } from './spansDroppedError.ts';

/**
 * The `onError` of an application that gives none: warns of every `SpansDroppedError`, for these are sparing already, each
 * reason by itself, and must not be held back by one another; of everything else at first and then once a minute.
 */
export function warnOfErrors(host: Pick<HostProcess, 'monotonicMillis' | 'warn'>): (error: Error) => void {
  const warnOfOthers = warnSparingly(host);
  return (error) => {
    if (error instanceof SpansDroppedError) host.warn(error);
    else warnOfOthers(error);
  };
}
