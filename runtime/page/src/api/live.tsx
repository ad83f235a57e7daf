import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { ApiProblem } from './apiProblem.ts';
import { apiUrl, getJson } from './client.ts';

/** What may have changed. */
export type Topic = 'requests' | 'errors' | 'performance' | 'accounting';

/** How the stream of changes is: `refused` where the application answers, but tells nothing by itself. */
export type LiveState = 'connecting' | 'live' | 'refused' | 'lost' | 'paused';

const REOPEN_MILLIS = [1_000, 2_000, 5_000, 10_000];

/** What does not answer in this time is taken to be gone. */
const THERE_MILLIS = 3_000;

/** Tells views of changes. */
export interface Live {
  readonly state: LiveState;
  /** Since when nobody tells of changes: milliseconds since 1970. */
  readonly untoldSinceMillis: number | undefined;
  readonly setPaused: (paused: boolean) => void;
  /** @returns ends it */
  readonly listen: (listener: (topics: readonly Topic[]) => void) => () => void;
}

const LiveContext = createContext<Live | undefined>(undefined);

/** One stream for the whole page; closed while nobody looks at it. */
export function LiveProvider({ children }: { children: ComponentChildren }) {
  const [state, setState] = useState<Exclude<LiveState, 'paused'>>('connecting');
  const [untoldSinceMillis, setUntoldSince] = useState<number>();
  const [paused, setPaused] = useState(false);
  const isVisible = useVisibility();
  const listeners = useMemo(() => new Set<(topics: readonly Topic[]) => void>(), []);
  useEffect(() => {
    if (paused || !isVisible) return;
    return openStream({
      onChange: (topics) => {
        for (const listener of listeners) listener(topics);
      },
      onState: (found) => {
        setState(found);
        setUntoldSince((since) => (found === 'live' ? undefined : (since ?? Date.now())));
      },
    });
  }, [paused, isVisible, listeners]);
  const live = useMemo<Live>(
    () => ({
      state: paused ? 'paused' : state,
      untoldSinceMillis,
      setPaused,
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    }),
    [paused, state, untoldSinceMillis, listeners],
  );
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}

/** @throws Error outside `LiveProvider` */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('LiveProvider is missing above');
  return live;
}

/** Whether anybody can see the page. */
function useVisibility(): boolean {
  const [isVisible, setVisible] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const read = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, []);
  return isVisible;
}

interface StreamListener {
  readonly onChange: (topics: readonly Topic[]) => void;
  readonly onState: (state: 'live' | 'refused' | 'lost') => void;
}

const EVERYTHING: readonly Topic[] = ['requests', 'errors', 'performance', 'accounting'];

/** Opens the stream, and again when it ends. The browser does so by itself only where there was no answer at all. */
function openStream({ onChange, onState }: StreamListener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isEnded = false;
  const open = () => {
    let wasOpen = false;
    source = new EventSource(apiUrl('live'));
    source.addEventListener('open', () => {
      failures = 0;
      wasOpen = true;
      onState('live');
      // Whatever happened in the meantime was missed.
      onChange(EVERYTHING);
    });
    source.addEventListener('changed', ({ data }: MessageEvent<string>) => {
      const { topics } = JSON.parse(data) as { topics: readonly Topic[] };
      onChange(topics);
    });
    source.addEventListener('error', () => {
      source?.close();
      timer = setTimeout(open, REOPEN_MILLIS[Math.min(failures, REOPEN_MILLIS.length - 1)]);
      failures += 1;
      const failed = failures;
      void isServerThere().then((isThere) => {
        if (isEnded || failures !== failed) return;
        if (!isThere) onState('lost');
        // A stream that was cut is opened again at once; only one that did not open is refused.
        else if (!wasOpen) onState('refused');
      });
    });
  };
  open();
  return () => {
    isEnded = true;
    clearTimeout(timer);
    source?.close();
  };
}

/** An `EventSource` does not say why it has none. */
async function isServerThere(): Promise<boolean> {
  try {
    await getJson('session', { signal: AbortSignal.timeout(THERE_MILLIS) });
    return true;
  } catch (error) {
    // It is there where it knows us no more, or was asked too often.
    return error instanceof ApiProblem && [401, 429].includes(error.status);
  }
}
