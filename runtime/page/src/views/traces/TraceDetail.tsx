import type { ShownTrace, TraceResult } from '../../../../src/dashboard/api/traces/traceSchema.ts';
import { useView } from '../../api/useView.ts';
import { Answered } from '../../components/Answered.tsx';
import { Badge } from '../../components/Badge.tsx';
import { Count } from '../../components/Count.tsx';
import { formatDuration } from '../../components/durations.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { Nothing } from '../../components/Nothing.tsx';
import { plainText } from '../../components/plainText.ts';
import { formatTime, Time } from '../../components/Time.tsx';
import type { ViewProps } from '../viewProps.ts';
import { tracesHref } from './traceAddress.ts';
import { TraceKnown } from './TraceKnown.tsx';
import { TraceProblemNote } from './TraceProblemNote.tsx';
import { TraceWaterfall } from './TraceWaterfall.tsx';

interface TraceDetailProps extends ViewProps {
  readonly id: string;
}

/** A trace: where its time went, and what belongs to it. */
export function TraceDetail({ id, address }: TraceDetailProps) {
  const viewed = useView<TraceResult>({
    path: `traces/${encodeURIComponent(id)}`,
    // What belongs to a trace changes seldom: it is looked at every now and then.
    topics: [],
  });
  const root = viewed.answer?.result.trace?.root;
  return (
    <>
      <p class="trail">
        <a href={tracesHref(root ? { service: root.service } : {})}>Traces</a> <span aria-hidden="true">›</span>{' '}
        <Foreign text={id} isId />
      </p>
      <Answered title={root ? plainText(root.operation) : 'Trace'} viewed={viewed}>
        {(result) => (
          <div class="stack">
            {result.trace && <TraceFacts trace={result.trace} link={result.jaegerLink} />}
            {result.trace && <TraceWaterfall traceId={id} trace={result.trace} address={address} />}
            {!result.trace && <NoTrace result={result} />}
            <TraceKnown result={result} />
          </div>
        )}
      </Answered>
    </>
  );
}

interface TraceFactsProps {
  readonly trace: ShownTrace;
  readonly link: string | undefined;
}

function TraceFacts({ trace, link }: TraceFactsProps) {
  const { root, startMicros, durationMicros, spanCount, errorCount, services, problems } = trace;
  return (
    <>
      <p class="trace-facts">
        <strong>{formatDuration(durationMicros / 1000)}</strong>{' '}
        <Badge tone={errorCount > 0 ? 'bad' : 'good'}>
          {errorCount > 0 ? `${errorCount} ${errorCount === 1 ? 'span' : 'spans'} failed` : 'no span failed'}
        </Badge>{' '}
        <span>
          <Count value={spanCount} /> {spanCount === 1 ? 'span' : 'spans'} of {services.length}{' '}
          {services.length === 1 ? 'service' : 'services'}
        </span>{' '}
        <span title={formatTime(startMicros / 1000)}>
          began <Time millis={startMicros / 1000} />
        </span>{' '}
        {link !== undefined && (
          <a href={link} rel="noopener noreferrer" target="_blank">
            Open in Jaeger<span class="visually-hidden"> (in a new tab)</span>
          </a>
        )}
      </p>
      {root && !root.isComplete && (
        <p class="warning">The beginning of the trace is missing: this is the earliest span that is there.</p>
      )}
      {problems.length > 0 && (
        <details class="warning" open={problems.length <= 3}>
          <summary>
            {problems.length === 1
              ? 'Something is wrong with this trace'
              : `${problems.length} things are wrong with this trace`}
          </summary>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{plainText(problem)}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const TITLES: Readonly<Partial<Record<TraceResult['availability']['state'], string>>> = {
  notSampled: 'This trace was not sampled',
  notSentYet: 'This trace is not there yet',
  notFound: 'Jaeger does not have this trace',
};

function NoTrace({ result: { availability, problem, jaegerLink } }: { readonly result: TraceResult }) {
  const title = TITLES[availability.state];
  return (
    <>
      {title === undefined && problem ? (
        <TraceProblemNote problem={problem} />
      ) : (
        <Nothing title={title ?? 'There is no trace'}>{availability.text}</Nothing>
      )}
      {jaegerLink !== undefined && availability.state !== 'notSampled' && (
        <p>
          <a href={jaegerLink} rel="noopener noreferrer" target="_blank">
            Look in Jaeger<span class="visually-hidden"> (in a new tab)</span>
          </a>
        </p>
      )}
    </>
  );
}
