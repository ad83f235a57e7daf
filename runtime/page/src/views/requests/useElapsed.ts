import { useMemo } from 'preact/hooks';
import type { LiveState } from '../../api/live.tsx';
import { useNow } from '../../components/Time.tsx';

/**
 * How long ago an answer came, in milliseconds, anew each second: by so much durations have grown. 0 while changes are not
 * told of: nobody knows then whether what it tells of still goes on.
 */
export function useElapsed(answer: object | undefined, state: LiveState): number {
  const nowMillis = useNow();
  // A new answer begins anew.
  const cameMillis = useMemo(() => Date.now(), [answer]);
  return state === 'live' ? Math.max(0, nowMillis - cameMillis) : 0;
}
