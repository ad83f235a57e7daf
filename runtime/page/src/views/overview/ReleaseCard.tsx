import type { OverviewGroup, ShownRelease } from '../../../../src/dashboard/api/overview/overviewSchema.ts';
import { formatAddress, START } from '../../address/address.ts';
import { formatRatio } from '../../components/counts.ts';
import { formatDuration } from '../../components/durations.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { Time } from '../../components/Time.tsx';
import { valueFormat } from '../performance/formatMetric.ts';
import { performanceHref } from '../performance/performanceAddress.ts';
import { formatRate } from '../requests/requestWords.ts';

/** What runs, since when, and what changed since. */
export function ReleaseCard({ release }: { readonly release: ShownRelease }) {
  const { version, sinceMillis, previous, running, appeared, regressed, levelChanges } = release;
  return (
    <section class="card" aria-labelledby="release">
      <h2 id="release">
        {previous === undefined ? 'Since the start' : 'Since the deploy'}
        {version !== undefined && (
          <>
            {' of '}
            <Foreign text={version} />
          </>
        )}
        <span class="hint">
          {' '}
          <Time millis={sinceMillis} />
        </span>
      </h2>
      {version === undefined && (
        <p class="hint">
          The version is not known: set <code>service.version</code>, so that deploys are seen here.
        </p>
      )}
      {version !== undefined && (
        <p class="hint">
          {previous === undefined ? (
            'Which version ran before is not known here.'
          ) : (
            <>
              Before: <Foreign text={previous} />
            </>
          )}
        </p>
      )}
      <Versions running={running} previous={previous} />
      <Groups title="Seen first since then" groups={appeared} />
      <Groups title="Came back since then" groups={regressed} />
      {levelChanges.length > 0 && (
        <>
          <h3>Moved near it</h3>
          <ul class="plain">
            {levelChanges.map(({ metric, unit, atMillis, from, to, instance }) => (
              <li key={`${metric} ${atMillis} ${instance}`}>
                <a href={performanceHref(START, 'metrics', { metric })}>{metric}</a> {valueFormat(unit)(from)} →{' '}
                {valueFormat(unit)(to)}{' '}
                <span class="hint">
                  <Time millis={atMillis} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** Requests by the version that answered them: before and after a deploy, while both run. */
function Versions({ running, previous }: Pick<ShownRelease, 'running'> & { readonly previous: string | undefined }) {
  return (
    <table class="facts">
      <thead>
        <tr>
          <th scope="col">Version</th>
          <th scope="col" class="number">
            Failed
          </th>
          <th scope="col" class="number">
            p95
          </th>
          <th scope="col" class="number">
            Rate
          </th>
        </tr>
      </thead>
      <tbody>
        {running.map(({ version, instances, requests }) => (
          <tr key={version}>
            <th scope="row">
              {version === '' ? 'not known' : <Foreign text={version} />}{' '}
              <span class="hint">{instances === 1 ? '1 instance' : `${instances} instances`}</span>
            </th>
            <td class="number">{requests?.errorRatio === undefined ? '–' : formatRatio(requests.errorRatio)}</td>
            <td class="number">{requests?.p95Millis === undefined ? '–' : formatDuration(requests.p95Millis)}</td>
            <td class="number">{requests === undefined ? '–' : formatRate(requests.ratePerSecond)}</td>
          </tr>
        ))}
        {previous !== undefined && !running.some(({ version }) => version === previous) && (
          <tr>
            <th scope="row">
              <Foreign text={previous} /> <span class="hint">runs no more</span>
            </th>
            <td class="hint" colSpan={3}>
              its requests are not known any more
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function Groups({ title, groups }: { readonly title: string; readonly groups: readonly OverviewGroup[] }) {
  return (
    <>
      <h3>{title}</h3>
      {groups.length === 0 ? (
        <p class="hint">No group of errors.</p>
      ) : (
        <ul class="plain">
          {groups.slice(0, 5).map(({ id, type, message, severity, count }) => (
            <li key={id} class="one-line">
              <span class="hint">{severity}</span>{' '}
              <a href={formatAddress({ path: ['errors', id], query: {} })}>
                <Foreign text={message === '' ? type : `${type}: ${message}`} />
              </a>{' '}
              <span class="hint">{count} ×</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
