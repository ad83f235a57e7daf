import autocannon from 'autocannon';
import { type CheckoutServices, startCheckoutServices } from '../../integration/examples/support/checkoutServices.ts';
import { startDatabaseServers } from '../../integration/support/databaseServers.ts';
import type { Pairs } from '../figure.ts';
import { measurePairs } from '../measurePairs.ts';

const CONNECTIONS = 10;
const WARM_UP_SECONDS = 3;

/**
 * Checkouts a second of the example shop with request tracking and without, on one PostgreSQL and one Redis. Both shops run;
 * one at a time is loaded. Spans go nowhere: what is compared is the tracking alone.
 */
export async function measureShop(runs: number, seconds: number): Promise<Pairs> {
  const databases = await startDatabaseServers();
  const shops: CheckoutServices[] = [];
  const start = async (tracking: boolean): Promise<CheckoutServices> => {
    const environment = { TRACEWRIGHT_EXPORTER: 'none', REQUEST_TRACKING: String(tracking) };
    const shop = await startCheckoutServices({ ...databases.environment, ...environment });
    shops.push(shop);
    await checkoutsPerSecond(shop, WARM_UP_SECONDS);
    return shop;
  };
  try {
    const [tracked, untracked] = [await start(true), await start(false)];
    return await measurePairs(runs, 'the same shop without', (side) =>
      checkoutsPerSecond(side === 'ours' ? tracked : untracked, seconds),
    );
  } finally {
    for (const shop of shops) await shop.stop();
    await databases.stop();
  }
}

async function checkoutsPerSecond({ storefrontUrl }: CheckoutServices, seconds: number): Promise<number> {
  const result = await autocannon({
    url: `${storefrontUrl}/checkout`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customer: 'bench', sku: 'TEA-1', quantity: 1 }),
    connections: CONNECTIONS,
    duration: seconds,
  });
  const failed = result.non2xx + result.errors;
  if (failed > 0) throw new Error(`${failed} of ${result.requests.sent} checkouts failed`);
  return result['2xx'] / result.duration;
}
