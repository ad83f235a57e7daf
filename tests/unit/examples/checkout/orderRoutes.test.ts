import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../examples/checkout/src/orders/order.ts';
import { orderRoutes, type OrderRouteParts } from '../../../../examples/checkout/src/orders/orderRoutes.ts';
import { matchPath, type Reply } from '../../../../examples/checkout/src/service/route.ts';

const order: Order = { id: '7', customer: 'ada', sku: 'TEA-1', quantity: 2, totalCents: 900 };
const down = (): Promise<never> => Promise.reject(new Error('down'));

function parts(
  changes: Partial<OrderRouteParts['store']> & { cache?: OrderRouteParts['cache'] },
): OrderRouteParts & { logged: string[] } {
  const logged: string[] = [];
  const { cache, ...store } = changes;
  return {
    store: { add: () => Promise.resolve(order), find: () => Promise.resolve(undefined), ...store },
    cache: cache ?? { add: () => Promise.resolve(), find: () => Promise.resolve(undefined) },
    log: (level, message) => logged.push(`${level}: ${message}`),
    logged,
  };
}

function call(method: 'GET' | 'POST', path: string, body: string, given: OrderRouteParts): Promise<Reply> {
  for (const route of orderRoutes(given)) {
    const parameters = route.method === method ? matchPath(route.pattern, path) : undefined;
    if (parameters === undefined) continue;
    const message = new IncomingMessage(new Socket());
    message.push(body);
    message.push(null);
    return route.handle({ message, parameters });
  }
  throw new Error('no such route');
}

describe('the routes of orders', () => {
  it('take an order even when the cache is down, and say so in the log', async () => {
    const given = parts({ cache: { add: down, find: down } });
    const body = JSON.stringify({ customer: 'ada', sku: 'TEA-1', quantity: 2 });
    await expect(call('POST', '/orders', body, given)).resolves.toEqual({ status: 201, body: order });
    expect(given.logged).toEqual(['warn: the order is not in the cache', 'info: order taken']);
  });

  it('find an order in the database when the cache is down', async () => {
    const given = parts({ find: () => Promise.resolve(order), cache: { add: down, find: down } });
    await expect(call('GET', '/orders/7', '', given)).resolves.toEqual({ status: 200, body: order });
  });

  it('prefer the cache', async () => {
    const given = parts({ find: down, cache: { add: down, find: () => Promise.resolve(JSON.stringify(order)) } });
    await expect(call('GET', '/orders/7', '', given)).resolves.toEqual({ status: 200, body: order });
  });

  it('answer 404 for an order that nobody has', async () => {
    await expect(call('GET', '/orders/8', '', parts({}))).rejects.toMatchObject({
      status: 404,
      message: 'there is no order 8',
    });
  });

  it.each(['0', '-1', '1e3', 'x'])('refuse the order number %s', async (id) => {
    await expect(call('GET', `/orders/${id}`, '', parts({}))).rejects.toMatchObject({ status: 400 });
  });

  it('refuse a body that is too large', async () => {
    await expect(call('POST', '/orders', ' '.repeat(70_000), parts({}))).rejects.toMatchObject({ status: 413 });
  });
});
