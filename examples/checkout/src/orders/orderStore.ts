import type { Pool, PoolClient } from 'pg';
import { RefusedError } from '../service/refusedError.ts';
import type { Order, OrderRequest } from './order.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS products (
    sku text PRIMARY KEY,
    price_cents integer NOT NULL CHECK (price_cents > 0)
  );
  CREATE TABLE IF NOT EXISTS orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer text NOT NULL,
    sku text NOT NULL REFERENCES products (sku),
    quantity integer NOT NULL CHECK (quantity > 0),
    total_cents integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  INSERT INTO products (sku, price_cents) VALUES ('TEA-1', 450), ('MUG-1', 1200), ('KETTLE-1', 3900)
    ON CONFLICT (sku) DO NOTHING;
`;
// Replicas that start together would otherwise collide in CREATE TABLE IF NOT EXISTS.
const SCHEMA_LOCK = 4_021_150;

interface OrderRow {
  id: string;
  customer: string;
  sku: string;
  quantity: number;
  total_cents: number;
}

/** What is worth more is sold by people. */
const MOST_CENTS = 300_000;

/** What takes orders and finds them again. */
export type OrderBook = Pick<OrderStore, 'add' | 'find'>;

/** Orders in PostgreSQL. */
export class OrderStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Creates tables and products where they are missing. */
  async createSchema(): Promise<void> {
    await this.#inTransaction(async (client) => {
      await client.query('SELECT pg_advisory_xact_lock($1)', [SCHEMA_LOCK]);
      await client.query(SCHEMA);
    });
  }

  /**
   * Opens that many connections, so that no request has to: not one that comes together with a readiness check either.
   */
  async warmUp(connections: number): Promise<void> {
    const clients = await Promise.all(Array.from({ length: connections }, () => this.#pool.connect()));
    for (const client of clients) client.release();
  }

  /** Rejects when the database does not answer. */
  async check(): Promise<void> {
    await this.#pool.query('SELECT 1');
  }

  /** @throws RefusedError 422 for a product that is not sold, 409 for an order that is worth too much. */
  async add({ customer, sku, quantity }: OrderRequest): Promise<Order> {
    return this.#inTransaction(async (client) => {
      const products = await client.query<{ price_cents: number }>('SELECT price_cents FROM products WHERE sku = $1', [
        sku,
      ]);
      const price = products.rows[0]?.price_cents;
      if (price === undefined) throw new RefusedError(422, `there is no product ${sku}`);
      if (price * quantity > MOST_CENTS)
        throw new RefusedError(409, `an order of more than ${MOST_CENTS / 100} is taken by our sales department alone`);
      const inserted = await client.query<OrderRow>(
        'INSERT INTO orders (customer, sku, quantity, total_cents) VALUES ($1, $2, $3, $4) RETURNING id, customer, sku, quantity, total_cents',
        [customer, sku, quantity, price * quantity],
      );
      const row = inserted.rows[0];
      if (row === undefined) throw new Error('PostgreSQL returned no row for an insert');
      return toOrder(row);
    });
  }

  async find(id: string): Promise<Order | undefined> {
    const found = await this.#pool.query<OrderRow>(
      'SELECT id, customer, sku, quantity, total_cents FROM orders WHERE id = $1',
      [id],
    );
    return found.rows[0] && toOrder(found.rows[0]);
  }

  async #inTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      // A connection that cannot even roll back is not given to the next request.
      const broken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      );
      client.release(broken);
      throw error;
    }
  }
}

function toOrder({ id, customer, sku, quantity, total_cents }: OrderRow): Order {
  return { id, customer, sku, quantity, totalCents: total_cents };
}
