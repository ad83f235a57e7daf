import type { OrderBook } from '../orders/orderStore.ts';
import type { FailureSwitches } from './failureSwitches.ts';

/** Where PgBouncer would listen, which the shop does not have: the system refuses the connection. */
export const CLOSED_PORT = { host: '127.0.0.1', port: 6432 };

/** `database-down`: orders are asked of `unreachable`, whose pool connects to a port that is closed. */
export function databaseDown(book: OrderBook, unreachable: OrderBook, switches: FailureSwitches): OrderBook {
  const pick = (): OrderBook => (switches.strikes('database-down') ? unreachable : book);
  return { add: (wanted) => pick().add(wanted), find: (id) => pick().find(id) };
}
