import type { AccountRow } from '../../../../src/dashboard/api/accounting/accountingSchema.ts';
import { formatAddress } from '../../address/address.ts';

/** Views that can be narrowed to an instance; Jaeger's traces cannot. */
const OF_AN_INSTANCE: ReadonlySet<string | undefined> = new Set(['requests', 'performance', 'errors', 'accounting']);

/** The fragment that a number leads to. @param instance - whose number it is; empty for all together */
export function rowHref({ link: { path, query } }: Pick<AccountRow, 'link'>, instance: string): string {
  return formatAddress({ path, query: { ...query, ...(OF_AN_INSTANCE.has(path[0]) && { instance }) } });
}
