import type { ErrorEvent, ShownBreadcrumb } from '../../../../src/dashboard/api/errors/errorEventSchema.ts';
import { formatDuration } from '../../components/durations.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { plainText } from '../../components/plainText.ts';
import { formatTime } from '../../components/Time.tsx';
import { LongText } from '../../components/LongText.tsx';

/** What happened before an error, in the order of time, with the error at its end. */
export function BreadcrumbList({ event: { breadcrumbs, atMillis, chain, message } }: { readonly event: ErrorEvent }) {
  return (
    <section>
      <h3>What happened before</h3>
      {breadcrumbs.length === 0 && (
        <p class="hint">
          Nothing is known of the time before. Log lines come here by themselves; others by{' '}
          <code>errors.addBreadcrumb</code>.
        </p>
      )}
      <ol class="breadcrumbs">
        {breadcrumbs.map((crumb, index) => (
          <Crumb key={index} crumb={crumb} errorMillis={atMillis} />
        ))}
        <li class="is-error">
          <span class="crumb-time" title={formatTime(atMillis)}>
            here
          </span>
          <span class="crumb-kind">error</span>
          <span>
            {plainText(chain[0]?.type ?? '')} <Foreign text={message} />
          </span>
        </li>
      </ol>
    </section>
  );
}

function Crumb({ crumb, errorMillis }: { readonly crumb: ShownBreadcrumb; readonly errorMillis: number }) {
  const { atMillis, kind, message, data } = crumb;
  return (
    <li>
      <span class="crumb-time" title={formatTime(atMillis)}>
        {formatDuration(atMillis - errorMillis)}
      </span>
      <span class="crumb-kind">
        <Foreign text={kind} />
      </span>
      <span>
        <LongText text={message} />
        {data.length > 0 && (
          <span class="crumb-data hint">
            {data.map(([name, value]) => (
              <span key={name}>
                {' '}
                {plainText(name)}=<Foreign text={String(value)} />
              </span>
            ))}
          </span>
        )}
      </span>
    </li>
  );
}
