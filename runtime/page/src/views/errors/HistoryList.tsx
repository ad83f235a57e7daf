import type { ErrorDetailResult } from '../../../../src/dashboard/api/errors/errorDetailSchema.ts';
import { Badge } from '../../components/Badge.tsx';
import { formatCount } from '../../components/counts.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { formatTime, Time } from '../../components/Time.tsx';
import { STATE_TONES } from './errorWords.ts';
import { LongText } from '../../components/LongText.tsx';

type Change = ErrorDetailResult['history'][number];

/** What people made of a group, and what it did by itself: the newest first. */
export function HistoryList({ history, historyLeftOut, instances }: ErrorDetailResult) {
  return (
    <section class="card">
      <h2>History</h2>
      {history.length === 0 && <p class="hint">Nobody has done anything with it yet.</p>}
      <ol class="history">
        {history.toReversed().map((change, index) => (
          <li key={index}>
            <Badge tone={STATE_TONES[change.to]}>{change.to}</Badge> {whoText(change)} <Time millis={change.atMillis} />
            <Terms change={change} />
            {change.instances.length < instances.length && (
              <span class="hint"> on {change.instances.join(', ')} only</span>
            )}
            {change.note !== undefined && (
              <blockquote>
                <LongText text={change.note} />
              </blockquote>
            )}
          </li>
        ))}
      </ol>
      {historyLeftOut > 0 && <p class="hint">{formatCount(historyLeftOut)} older changes are not kept.</p>}
    </section>
  );
}

function whoText({ by, from, to }: Change) {
  if (by !== undefined) {
    return (
      <>
        by <Foreign text={by} />,
      </>
    );
  }
  if (to === 'open' && from === 'resolved') return 'by itself: it came back,';
  return to === 'open' && from === 'ignored' ? 'by itself: its time of being ignored was over,' : '';
}

function Terms({ change: { release, untilMillis, untilCount } }: { readonly change: Change }) {
  return (
    <span class="hint">
      {release !== undefined && (
        <>
          {' '}
          in release <Foreign text={release} />
        </>
      )}
      {untilMillis !== undefined && ` until ${formatTime(untilMillis)}`}
      {untilCount !== undefined && ` until ${formatCount(untilCount)} more came`}
    </span>
  );
}
