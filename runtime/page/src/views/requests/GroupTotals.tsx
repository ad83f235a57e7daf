import type { RequestStatistics } from '../../../../src/dashboard/api/requests/countedSchema.ts';
import { Count } from '../../components/Count.tsx';
import { formatRatio } from '../../components/counts.ts';
import { formatDuration } from '../../components/durations.ts';
import { FAILURES, requestsHref } from './requestAddress.ts';
import { formatRate } from './requestWords.ts';

interface GroupTotalsProps {
  readonly statistics: RequestStatistics;
  readonly coveredSeconds: number;
}

/** All requests of the window together. */
export function GroupTotals({ statistics, coveredSeconds }: GroupTotalsProps) {
  const { count, failed, cancelled, ratePerSecond, errorRatio, apdex, durations } = statistics;
  return (
    <dl class="totals" aria-label={`All requests of ${formatDuration(coveredSeconds * 1000)}`}>
      <div>
        <dt>Ended</dt>
        <dd>
          <Count value={count} /> <span class="hint">{formatRate(ratePerSecond)}</span>
        </dd>
      </div>
      <div>
        <dt>Failed</dt>
        <dd>
          <a href={requestsHref('finished', FAILURES)}>
            <Count value={failed - cancelled} />
          </a>{' '}
          <span class="hint">
            {errorRatio === undefined ? 'no ratio' : formatRatio(errorRatio)}
            {cancelled > 0 && (
              <>
                , <a href={requestsHref('finished', { failureReason: 'cancelled' })}>{cancelled} cancelled</a>
              </>
            )}
          </span>
        </dd>
      </div>
      <div>
        <dt>Apdex</dt>
        <dd>{apdex === undefined ? '–' : apdex.toFixed(2)}</dd>
      </div>
      {(['p50', 'p95', 'p99'] as const).map((name) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{durations === undefined ? '–' : formatDuration(durations[`${name}Millis`])}</dd>
        </div>
      ))}
      <div>
        <dt>Slowest</dt>
        <dd>
          {durations === undefined ? (
            '–'
          ) : (
            <a href={requestsHref('finished', {}, { order: 'slowest' })}>{formatDuration(durations.maxMillis)}</a>
          )}
        </dd>
      </div>
    </dl>
  );
}
