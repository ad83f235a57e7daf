import type { Account, AccountingResult } from '../../../../src/dashboard/api/accounting/accountingSchema.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { useView } from '../../api/useView.ts';
import { Answered } from '../../components/Answered.tsx';
import { Nothing } from '../../components/Nothing.tsx';
import { Select } from '../../components/Select.tsx';
import { Time } from '../../components/Time.tsx';
import type { ViewProps } from '../viewProps.ts';
import { AccountCard } from './AccountCard.tsx';

/** What was created, exported, dropped, and why. */
export function AccountingView({ address }: ViewProps) {
  const viewed = useView<AccountingResult>({ path: 'accounting', topics: ['accounting'] });
  const { instance = '' } = address.query;
  return (
    <Answered title="Accounting" viewed={viewed}>
      {({ total, instances }) => {
        const chosen = instances.find(({ id }) => id === instance);
        const isGone = instance !== '' && chosen === undefined;
        return (
          <>
            <p class="lead">
              Nothing is lost without being counted. Rows in red are losses, with what to do. Each number leads to what
              it counts or, where that is gone, to what is known of it.
            </p>
            {(instances.length > 1 || isGone) && (
              <Select
                label="Instance"
                value={instance}
                options={[
                  { value: '', text: 'all together' },
                  ...[...instances.map(({ id }) => id), ...(isGone ? [instance] : [])].map((id) => ({
                    value: id,
                    text: id,
                  })),
                ]}
                onChange={(value) => changeQuery({ instance: value })}
              />
            )}
            {chosen && instances.length > 1 && (
              <p class="hint">
                Counted since <Time millis={chosen.sinceMillis} />.
              </p>
            )}
            {isGone ? (
              <Nothing title="This instance does not answer">
                It may have ended; what it counted is gone with it. Choose another one above.
              </Nothing>
            ) : (
              <Accounts
                accounts={chosen?.accounts ?? total}
                instance={chosen && instances.length > 1 ? chosen.id : ''}
                showsUngrouped={address.query['show'] === 'ungrouped'}
              />
            )}
          </>
        );
      }}
    </Answered>
  );
}

const SIGNALS: readonly Account['signal'][] = ['spans', 'requests', 'series', 'errors'];

interface AccountsProps {
  readonly accounts: readonly Account[];
  /** Empty for all together. */
  readonly instance: string;
  readonly showsUngrouped: boolean;
}

function Accounts({ accounts, instance, showsUngrouped }: AccountsProps) {
  const off = SIGNALS.filter((name) => !accounts.some(({ signal }) => signal === name));
  if (accounts.length === 0) {
    return <Nothing title="Nothing is counted">Every part of the runtime is switched off.</Nothing>;
  }
  return (
    <>
      <div class="cards">
        {accounts.map((account) => (
          <AccountCard key={account.signal} account={account} instance={instance} showsUngrouped={showsUngrouped} />
        ))}
      </div>
      {off.length > 0 && <p class="hint">Switched off, so that nothing is counted: {off.join(', ')}.</p>}
    </>
  );
}
