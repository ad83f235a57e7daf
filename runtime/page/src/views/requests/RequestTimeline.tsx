import type { RequestFacts } from '../../../../src/dashboard/api/requests/requestSchema.ts';
import { Badge } from '../../components/Badge.tsx';
import { formatDuration } from '../../components/durations.ts';
import { formatTime } from '../../components/Time.tsx';
import { lifeOf } from './requestLife.ts';
import { STATE_TONES } from './StateBadge.tsx';

interface RequestTimelineProps {
  readonly request: RequestFacts;
  /** How long ago it was told of. */
  readonly elapsedMillis: number;
}

/** The states that a request went through: as a bar, and in words. */
export function RequestTimeline({ request, elapsedMillis }: RequestTimelineProps) {
  const { spans, end } = lifeOf(request, elapsedMillis);
  return (
    <>
      <div class="life" aria-hidden="true">
        {spans.map(({ state, lastedMillis }) => (
          <div key={state} class={`life-span life-${state}`} style={{ flexGrow: lastedMillis }} />
        ))}
        <div class={`life-end ${end ? `life-${end.state}` : 'life-open'}`} />
      </div>
      <table class="facts life-steps">
        <thead class="visually-hidden">
          <tr>
            <th scope="col">State</th>
            <th scope="col">From</th>
            <th scope="col">For</th>
          </tr>
        </thead>
        <tbody>
          {spans.map(({ state, fromMillis, lastedMillis, isNow }) => (
            <tr key={state}>
              <th scope="row">
                <Badge tone={STATE_TONES[state]}>{state}</Badge>
              </th>
              <td>{formatTime(fromMillis)}</td>
              <td class="number">
                {formatDuration(lastedMillis)}
                {isNow && ' so far'}
              </td>
            </tr>
          ))}
          {end && (
            <tr>
              <th scope="row">
                <Badge tone={STATE_TONES[end.state]}>{end.state}</Badge>
              </th>
              <td>{formatTime(end.atMillis)}</td>
              <td class="number">{formatDuration(request.durationMillis)} in all</td>
            </tr>
          )}
        </tbody>
      </table>
    </>
  );
}
