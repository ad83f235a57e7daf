import type { Redis } from 'ioredis';
import type { Order } from './order.ts';

const KEPT_SECONDS = 600;

/** Recent orders and their number, in Redis. Losing it loses no order. */
export class OrderCache {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** Rejects when Redis does not answer. */
  async check(): Promise<void> {
    await this.#redis.ping();
  }

  /** Keeps the order for ten minutes and counts it. */
  async add(order: Order): Promise<void> {
    await this.#redis.set(keyOf(order.id), JSON.stringify(order), 'EX', KEPT_SECONDS);
    await this.#redis.incr('orders:count');
  }

  /** The order as JSON text, where it is still kept. */
  async find(id: string): Promise<string | undefined> {
    return (await this.#redis.get(keyOf(id))) ?? undefined;
  }
}

function keyOf(id: string): string {
  return `order:${id}`;
}
