import type { ComponentChildren } from 'preact';
import type { Answer, InstanceAnswer } from '../../../src/dashboard/api/instanceSchema.ts';
import { LONGEST_INTERVAL_MILLIS, type Viewed } from '../api/useView.ts';
import { useLive } from '../api/live.tsx';
import { Foreign } from './Foreign.tsx';
import { formatTime, Time } from './Time.tsx';
import { Loading } from './Loading.tsx';
import { plainText } from './plainText.ts';
import { Problem } from './Problem.tsx';

interface AnsweredProps<Result> {
  /** The heading of the view; the title of the browser's tab, too. */
  readonly title: string;
  readonly viewed: Viewed<Result>;
  /** What is chosen for the whole view, such as its window; beside the heading. */
  readonly tools?: ComponentChildren;
  /** Draws the result. */
  readonly children: (result: Result, answer: Answer<Result>) => ComponentChildren;
}

/** A view with everything around it: its heading, whose numbers it shows since when, that it loads, is out of date, failed. */
export function Answered<Result>({ title, viewed, tools, children }: AnsweredProps<Result>) {
  const { answer, problem, isLoading, refresh } = viewed;
  return (
    <>
      <header class="view-header">
        <h1>{title}</h1>
        <div class="view-side">
          {answer && <Origin answer={answer} />}
          {tools}
        </div>
      </header>
      {problem && <Problem problem={problem} onRetry={refresh} />}
      {answer && problem && <p class="warning">What follows is as it was at {formatTime(answer.asOfMillis)}.</p>}
      <ChangesUntold />
      {!answer && isLoading && <Loading what={title.toLowerCase()} />}
      {answer && (
        <div class={isLoading ? 'is-old' : undefined} aria-busy={isLoading}>
          {children(answer.result, answer)}
        </div>
      )}
    </>
  );
}

/** The problem of a view says so itself; here only that changes are not told. */
function ChangesUntold() {
  const { state, untoldSinceMillis } = useLive();
  if ((state !== 'lost' && state !== 'refused') || untoldSinceMillis === undefined) return null;
  const since = formatTime(untoldSinceMillis);
  return (
    <p class="warning" role="status">
      {state === 'lost'
        ? `The connection to the application was lost at ${since}. It is tried again by itself.`
        : `Changes are not told since ${since}: there are too many viewers or tabs, or a proxy keeps the stream back. ` +
          `The page asks by itself every ${LONGEST_INTERVAL_MILLIS / 1000} s.`}
    </p>
  );
}

/** Whose numbers these are. */
function Origin({ answer: { instances } }: { readonly answer: Answer<unknown> }) {
  const answered = instances.filter(({ problem }) => problem === undefined);
  const silent = instances.filter(({ problem }) => problem !== undefined);
  return (
    <div class="origin">
      <Replicas answered={answered} />
      {silent.map(({ address, instance, problem }) => (
        <p key={address} class="warning">
          Without <Foreign text={instance?.id ?? address} />: {problem}
        </p>
      ))}
    </div>
  );
}

function Replicas({ answered }: { readonly answered: readonly InstanceAnswer[] }) {
  const known = answered.flatMap(({ instance }) => (instance ? [instance] : []));
  const [first] = known;
  if (first === undefined) return null;
  const since = Math.min(...known.map(({ sinceMillis }) => sinceMillis));
  const title = known.map(({ id, version, sinceMillis }) =>
    plainText(`${id} ${version ?? ''} since ${formatTime(sinceMillis)}`),
  );
  return (
    <p class="hint" title={title.join('\n')}>
      <Foreign text={first.service} />
      {first.environment !== undefined && (
        <>
          {' '}
          in <Foreign text={first.environment} />
        </>
      )}
      ,{' '}
      {known.length === 1 ? (
        <>
          instance <Foreign text={first.id} />
        </>
      ) : (
        `${known.length} instances together`
      )}
      , counting since <Time millis={since} />
    </p>
  );
}
