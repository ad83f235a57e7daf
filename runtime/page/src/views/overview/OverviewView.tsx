import type { OverviewResult, ShownAccounting } from '../../../../src/dashboard/api/overview/overviewSchema.ts';
import { formatAddress } from '../../address/address.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { useView } from '../../api/useView.ts';
import { Answered } from '../../components/Answered.tsx';
import { Count } from '../../components/Count.tsx';
import { Select } from '../../components/Select.tsx';
import type { ViewProps } from '../viewProps.ts';
import { withMissing } from './overviewWords.ts';
import { ReleaseCard } from './ReleaseCard.tsx';
import { Signals } from './Signals.tsx';
import { LastChanges, PressingGroups, SlowestOperations, StuckAndUsers } from './TopLists.tsx';
import { VerdictBanner } from './VerdictBanner.tsx';

const WINDOWS = [
  { value: '5m', text: 'last 5 minutes' },
  { value: '1h', text: 'last hour' },
  { value: '24h', text: 'last 24 hours' },
] as const;

/** What an on-call engineer sees first. */
export function OverviewView({ address }: ViewProps) {
  const window = WINDOWS.find(({ value }) => value === address.query['window'])?.value ?? '1h';
  const viewed = useView<OverviewResult>({
    path: 'overview',
    query: { window },
    topics: ['requests', 'errors', 'performance', 'accounting'],
  });
  return (
    <Answered
      title="Overview"
      viewed={viewed}
      tools={
        <Select
          label="Signals of the"
          value={window}
          options={WINDOWS}
          onChange={(value) => changeQuery({ window: value === '1h' ? '' : value })}
        />
      }
    >
      {(overview, { instances }) => (
        <div class="overview">
          <VerdictBanner verdict={withMissing(overview.verdict, instances)} />
          <Signals overview={overview} />
          <div class="overview-columns">
            <PressingGroups errors={overview.errors} />
            <ReleaseCard release={overview.release} />
            {overview.requests && <SlowestOperations requests={overview.requests} window={overview.window} />}
            {overview.requests && <StuckAndUsers requests={overview.requests} window={overview.window} />}
            {overview.errors && <LastChanges errors={overview.errors} />}
          </div>
          <Accounting accounting={overview.accounting} />
        </div>
      )}
    </Answered>
  );
}

/** Whether what is shown is all that there was. */
function Accounting({
  accounting: { spansCreated, spansDropped, errors, errorsNotKept },
}: {
  readonly accounting: ShownAccounting;
}) {
  return (
    <p class="hint accounting-line">
      {spansCreated !== undefined && (
        <>
          <Count value={spansDropped ?? 0} /> of <Count value={spansCreated} /> spans dropped ·{' '}
        </>
      )}
      {errors !== undefined && (
        <>
          <Count value={errorsNotKept ?? 0} /> of <Count value={errors} /> errors not kept ·{' '}
        </>
      )}
      <a href={formatAddress({ path: ['accounting'], query: {} })}>all that is counted</a>
    </p>
  );
}
