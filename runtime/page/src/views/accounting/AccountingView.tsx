import type { Account, AccountingResult } from '../../../../src/dashboard/api/accounting/accountingSchema.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { useView } from '../../api/useView.ts';
import { Answered } from '../../components/Answered.tsx';
import { Badge } from '../../components/Badge.tsx';
import { Count } from '../../components/Count.tsx';
import { Nothing } from '../../components/Nothing.tsx';
import { Select } from '../../components/Select.tsx';
import { Time } from '../../components/Time.tsx';
import type { ViewProps } from '../viewProps.ts';

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
            <p class="lead">Nothing is lost without being counted. Rows in red are losses, with what to do.</p>
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
              <Accounts accounts={chosen?.accounts ?? total} />
            )}
          </>
        );
      }}
    </Answered>
  );
}

const SIGNALS: readonly Account['signal'][] = ['spans', 'requests', 'series', 'errors'];

function Accounts({ accounts }: { readonly accounts: readonly Account[] }) {
  const off = SIGNALS.filter((name) => !accounts.some(({ signal }) => signal === name));
  if (accounts.length === 0) {
    return <Nothing title="Nothing is counted">Every part of the runtime is switched off.</Nothing>;
  }
  return (
    <>
      <div class="cards">
        {accounts.map((account) => (
          <AccountCard key={account.signal} account={account} />
        ))}
      </div>
      {off.length > 0 && <p class="hint">Switched off, so that nothing is counted: {off.join(', ')}.</p>}
    </>
  );
}

function AccountCard({ account: { signal, balance, isBalanced, rows } }: { readonly account: Account }) {
  return (
    <section class="card" aria-labelledby={`account-${signal}`}>
      <h2 id={`account-${signal}`}>{signal}</h2>
      <p class="hint">
        {balance} <Badge tone={isBalanced ? 'good' : 'bad'}>{isBalanced ? 'adds up' : 'does not add up'}</Badge>
      </p>
      <table class="facts">
        <thead class="visually-hidden">
          <tr>
            <th scope="col">What</th>
            <th scope="col">Count</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, count, isLoss, meaning }) => (
            <tr key={name} class={isLoss && count > 0 ? 'is-bad' : undefined}>
              <th scope="row">{name}</th>
              <td class="number">
                <Count value={count} />
              </td>
              <td class="hint">{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
