import type { RequestTracker } from '@tracewright/runtime';
import { errorFields, type Log } from '../service/log.ts';
import { readJson } from '../service/readJson.ts';
import { RefusedError } from '../service/refusedError.ts';
import type { Reply, Route, RouteRequest } from '../service/route.ts';
import { type Order, parseOrderRequest } from './order.ts';
import type { OrderCache } from './orderCache.ts';
import type { OrderBook } from './orderStore.ts';

/** What the routes work with. */
export interface OrderRouteParts {
  readonly store: OrderBook;
  readonly cache: Pick<OrderCache, 'add' | 'find'>;
  readonly log: Log;
  /** Knows the request that a route answers. */
  readonly requests?: RequestTracker | undefined;
}

/** `POST /orders` and `GET /orders/:id`. */
export function orderRoutes(parts: OrderRouteParts): readonly Route[] {
  return [
    { method: 'POST', pattern: '/orders', handle: (request) => addOrder(request, parts) },
    { method: 'GET', pattern: '/orders/:id', handle: (request) => findOrder(request, parts) },
  ];
}

async function addOrder({ message }: RouteRequest, { store, cache, log, requests }: OrderRouteParts): Promise<Reply> {
  const wanted = parseOrderRequest(await readJson(message));
  requests?.current()?.update({ userId: wanted.customer, attributes: { sku: wanted.sku } });
  const order = await store.add(wanted);
  await remember(order, cache, log);
  log('info', 'order taken', { order: order.id, total_cents: order.totalCents });
  return { status: 201, body: order };
}

/** The order is taken once PostgreSQL has it: a cache that is down must not make the customer order twice. */
async function remember(order: Order, cache: OrderRouteParts['cache'], log: Log): Promise<void> {
  try {
    await cache.add(order);
  } catch (error) {
    log('warn', 'the order is not in the cache', errorFields(error));
  }
}

async function findOrder({ parameters }: RouteRequest, { store, cache, log }: OrderRouteParts): Promise<Reply> {
  const id = parameters['id'] ?? '';
  if (!/^[1-9]\d{0,17}$/.test(id)) throw new RefusedError(400, 'an order number has 1 to 18 digits');
  const cached = await cache.find(id).catch((error: unknown) => {
    log('warn', 'the cache does not answer', errorFields(error));
    return undefined;
  });
  const order: unknown = cached === undefined ? await store.find(id) : JSON.parse(cached);
  if (order === undefined) throw new RefusedError(404, `there is no order ${id}`);
  return { status: 200, body: order };
}
