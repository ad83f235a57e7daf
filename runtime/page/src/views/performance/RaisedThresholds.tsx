import type { RaisedThreshold } from '../../../../src/dashboard/api/performance/catalogueSchema.ts';
import type { Address } from '../../address/address.ts';
import { Badge } from '../../components/Badge.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { plainText } from '../../components/plainText.ts';
import { Time } from '../../components/Time.tsx';
import { metricFormat } from './formatMetric.ts';
import { labelsText } from './lineNames.ts';
import { performanceHref } from './performanceAddress.ts';

interface RaisedThresholdsProps {
  readonly address: Address;
  readonly raised: readonly RaisedThreshold[];
  readonly thresholdCount: number;
}

/** Limits that are passed now, the oldest first. */
export function RaisedThresholds({ address, raised, thresholdCount }: RaisedThresholdsProps) {
  if (raised.length === 0) {
    return (
      <p class="hint raised-none">
        {thresholdCount === 0 ? (
          <>
            No thresholds are set: give <code>performance.thresholds</code> to be told of limits.
          </>
        ) : (
          <>
            <Badge tone="good">all clear</Badge> None of {thresholdCount} threshold{thresholdCount === 1 ? '' : 's'} is
            raised.
          </>
        )}
      </p>
    );
  }
  return (
    <section class="raised" aria-labelledby="raised-heading">
      <h2 id="raised-heading">
        {raised.length} threshold{raised.length === 1 ? '' : 's'} raised
      </h2>
      <ul>
        {raised.map((each) => (
          <Raised key={JSON.stringify([each.name, each.labels, each.instance])} address={address} raised={each} />
        ))}
      </ul>
    </section>
  );
}

function Raised({ address, raised }: { readonly address: Address; readonly raised: RaisedThreshold }) {
  const { name, metric, labels, unit, statistic, above, below, value, beyondSinceMillis, instance } = raised;
  const format = metricFormat({ unit, statistic, kind: 'gauge' });
  const query = { metric, statistic, labels: Object.keys(labels).length === 0 ? '' : JSON.stringify(labels) };
  return (
    <li>
      <Badge tone="bad">raised</Badge>{' '}
      <a href={performanceHref(address, 'metrics', query)}>
        <Foreign text={name} />
      </a>{' '}
      <span>
        {statistic} of <code>{plainText(metric)}</code>{' '}
        {Object.keys(labels).length > 0 && <bdi>({labelsText(labels)}) </bdi>}
        was {value === undefined ? 'not known' : format(value)},{' '}
        {above === undefined ? `below ${format(below ?? 0)}` : `above ${format(above)}`}, since{' '}
        <Time millis={beyondSinceMillis} />
      </span>{' '}
      <span class="hint">
        <Foreign text={instance} isId />
      </span>
    </li>
  );
}
