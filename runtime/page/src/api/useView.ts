import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from '../../../src/dashboard/api/instanceSchema.ts';
import { useSession } from '../session/session.tsx';
import { ApiProblem } from './apiProblem.ts';
import { type Fetched, getJson } from './client.ts';
import { type Topic, useLive } from './live.tsx';

/** However often things change, a view is asked for once in so long. */
const SHORTEST_INTERVAL_MILLIS = 2_000;

/** Changes of other replicas, of Jaeger and of the clock are told by nobody. */
export const LONGEST_INTERVAL_MILLIS = 15_000;

/** A view of the API, kept up to date. */
export interface Viewed<Result> {
  /** The last one that came; it stays while the next is asked for and where that fails. */
  readonly answer: Answer<Result> | undefined;
  /** Why there is no newer one. */
  readonly problem: ApiProblem | undefined;
  /** Whether the answer is to what is asked now. */
  readonly isLoading: boolean;
  /** Asks again at once, after an action for example. */
  readonly refresh: () => void;
}

/** What is asked. */
export interface ViewRequest {
  /** Beneath `api/v1/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** What makes it out of date. */
  readonly topics: readonly Topic[];
}

interface Shown<Result> {
  /** What was asked for it. */
  readonly asked: string;
  readonly fetched: Fetched<Answer<Result>>;
}

/** Asks for a view, and again whenever it may have changed. Paused with the stream of changes. */
export function useView<Result>({ path, query = {}, topics }: ViewRequest): Viewed<Result> {
  const { listen, state } = useLive();
  const { leave } = useSession();
  const [shown, setShown] = useState<Shown<Result>>();
  const [problem, setProblem] = useState<ApiProblem>();
  const latest = useRef<Shown<Result>>(undefined);
  const ask = useRef<() => void>(undefined);
  const asked = JSON.stringify([path, query]);
  const watched = topics.join(' ');
  const isPaused = state === 'paused';

  useEffect(() => {
    const aborts = new AbortController();
    const load = async (): Promise<void> => {
      const current = latest.current?.asked === asked ? latest.current.fetched : undefined;
      try {
        const fetched = await getJson<Answer<Result>>(path, {
          query,
          signal: aborts.signal,
          etag: current?.etag ?? null,
        });
        if (aborts.signal.aborted) return;
        if (fetched) setShown((latest.current = { asked, fetched }));
        setProblem(undefined);
      } catch (error) {
        if (aborts.signal.aborted) return;
        const found = error instanceof ApiProblem ? error : new ApiProblem(String(error), 0);
        if (found.status === 401) leave();
        setProblem(found);
      }
    };
    const repeated = repeatedly(load);
    ask.current = repeated.now;
    repeated.now();
    const wanted = new Set<string>(watched.split(' '));
    const end = isPaused
      ? undefined
      : listen((changed) => {
          if (changed.some((topic) => wanted.has(topic))) repeated.soon();
        });
    if (!isPaused) repeated.keepOn();
    return () => {
      aborts.abort();
      repeated.stop();
      end?.();
    };
    // `asked` says all of path and query.
  }, [asked, watched, isPaused, listen, leave]);

  const refresh = useCallback(() => ask.current?.(), []);
  const isLoading = shown?.asked !== asked && problem === undefined;
  return { answer: shown?.fetched.body, problem, isLoading, refresh };
}

interface Repeated {
  /** At once. */
  readonly now: () => void;
  /** As soon as the shortest interval is over. */
  readonly soon: () => void;
  /** From now on, after the longest interval at the latest, while somebody looks. */
  readonly keepOn: () => void;
  readonly stop: () => void;
}

/** Runs `work` when it is asked to, one run at a time and not too often. */
function repeatedly(work: () => Promise<void>): Repeated {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = false;
  let isWantedAgain = false;
  let isKeptOn = false;
  let isStopped = false;
  let lastMillis = Number.NEGATIVE_INFINITY;
  const plan = (delayMillis: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // Nobody looks: what nobody sees costs nothing.
      if (document.visibilityState === 'hidden') plan(LONGEST_INTERVAL_MILLIS);
      else now();
    }, delayMillis);
  };
  const now = () => {
    if (isStopped) return;
    if (isRunning) {
      isWantedAgain = true;
      return;
    }
    clearTimeout(timer);
    isRunning = true;
    lastMillis = performance.now();
    void work().finally(() => {
      isRunning = false;
      if (isStopped) return;
      if (isWantedAgain) soon();
      else if (isKeptOn) plan(LONGEST_INTERVAL_MILLIS);
    });
  };
  const soon = () => {
    isWantedAgain = isRunning;
    if (isRunning || document.visibilityState === 'hidden') return;
    plan(Math.max(0, lastMillis + SHORTEST_INTERVAL_MILLIS - performance.now()));
  };
  return {
    now,
    soon,
    keepOn: () => {
      isKeptOn = true;
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
