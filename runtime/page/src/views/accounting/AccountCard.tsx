import type { Account, AccountRow } from '../../../../src/dashboard/api/accounting/accountingSchema.ts';
import { Badge } from '../../components/Badge.tsx';
import { Count } from '../../components/Count.tsx';
import { rowHref } from './rowHref.ts';
import { UngroupedErrors } from './UngroupedErrors.tsx';

interface AccountCardProps {
  readonly account: Account;
  /** Whose numbers these are; empty for all together. */
  readonly instance: string;
  readonly showsUngrouped: boolean;
}

/** Everything that is counted of a signal, each number with where it leads. */
export function AccountCard({ account, instance, showsUngrouped }: AccountCardProps) {
  const { signal, balance, isBalanced, rows, ungroupedBy = [] } = account;
  return (
    <section class="card" aria-labelledby={`account-${signal}`}>
      <h2 id={`account-${signal}`}>{signal}</h2>
      <p class="hint">
        {balance} <Badge tone={isBalanced ? 'good' : 'bad'}>{isBalanced ? 'adds up' : 'does not add up'}</Badge>
      </p>
      <table class="facts account">
        <thead class="visually-hidden">
          <tr>
            <th scope="col">What</th>
            <th scope="col">Count</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.name} row={row} instance={instance} />
          ))}
        </tbody>
      </table>
      {ungroupedBy.length > 0 && <UngroupedErrors rows={ungroupedBy} isOpen={showsUngrouped} />}
    </section>
  );
}

/** Nothing leads nowhere. */
function Row({ row, instance }: { readonly row: AccountRow; readonly instance: string }) {
  const { name, count, isLoss, meaning, shows } = row;
  return (
    <tr class={isLoss && count > 0 ? 'is-bad' : undefined}>
      <th scope="row">{name}</th>
      <td class="number">
        {count === 0 ? (
          0
        ) : (
          <a href={rowHref(row, instance)}>
            <Count value={count} />
          </a>
        )}
      </td>
      <td class="hint">
        {meaning}
        {count > 0 && shows !== undefined && ` ${shows}`}
      </td>
    </tr>
  );
}
