import type { Pool } from 'pg';
import type { OrderBook } from '../orders/orderStore.ts';
import type { FailureSwitches } from './failureSwitches.ts';

const SLEEP_SECONDS = 0.75;

/** `slow-dependency`: PostgreSQL takes three quarters of a second longer. */
export function slowDependency(book: OrderBook, pool: Pick<Pool, 'query'>, switches: FailureSwitches): OrderBook {
  const sleep = async (): Promise<void> => {
    if (switches.strikes('slow-dependency')) await pool.query('SELECT pg_sleep($1)', [SLEEP_SECONDS]);
  };
  return {
    add: async (wanted) => {
      await sleep();
      return book.add(wanted);
    },
    find: async (id) => {
      await sleep();
      return book.find(id);
    },
  };
}
