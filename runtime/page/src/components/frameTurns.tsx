import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useMemo } from 'preact/hooks';

/** How long drawing may take of one frame, in milliseconds; what is left comes in the next one. A piece of work is not cut. */
const FRAME_BUDGET_MILLIS = 8;

/** Lets charts draw one after the other, so that no frame is long when all have new numbers at once. */
export interface FrameTurns {
  /** Runs `work` in a frame that has time for it; of works with the same `key` the last one. */
  readonly request: (key: object, work: () => void) => void;
  readonly cancel: (key: object) => void;
}

const TurnsContext = createContext<FrameTurns | undefined>(undefined);

/** The charts inside share frames. */
export function FrameTurnsProvider({ children }: { readonly children: ComponentChildren }) {
  const turns = useMemo(createFrameTurns, []);
  useEffect(() => () => turns.stop(), [turns]);
  return <TurnsContext.Provider value={turns}>{children}</TurnsContext.Provider>;
}

/** The turns of the charts around; one of its own where there are none. */
export function useFrameTurns(): FrameTurns {
  const shared = useContext(TurnsContext);
  return useMemo(() => shared ?? createFrameTurns(), [shared]);
}

function createFrameTurns(): FrameTurns & { readonly stop: () => void } {
  const waiting = new Map<object, () => void>();
  let frame: number | undefined;
  const run = () => {
    frame = undefined;
    const startedMillis = performance.now();
    for (const [key, work] of waiting) {
      waiting.delete(key);
      work();
      if (performance.now() - startedMillis >= FRAME_BUDGET_MILLIS) break;
    }
    if (waiting.size > 0) plan();
  };
  const plan = () => {
    frame ??= requestAnimationFrame(run);
  };
  return {
    request: (key, work) => {
      waiting.set(key, work);
      plan();
    },
    cancel: (key) => waiting.delete(key),
    stop: () => {
      if (frame !== undefined) cancelAnimationFrame(frame);
      waiting.clear();
    },
  };
}
