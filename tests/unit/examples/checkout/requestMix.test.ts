import type { Request } from 'autocannon';
import { describe, expect, it } from 'vitest';
import { RequestMix } from '../../../../examples/checkout/load/requestMix.ts';

/** What is sent for one of the requests that every connection goes through. */
function built(request: Request | undefined): Request {
  if (typeof request?.setupRequest !== 'function') throw new Error('it is not built');
  return request.setupRequest(request, {});
}

function answer(request: Request | undefined, status: number, body: string): void {
  if (typeof request?.onResponse === 'function') request.onResponse(status, body, {}, {});
}

describe('the requests of the load', () => {
  it('are three orders and a question for one that was taken', () => {
    const mix = new RequestMix(() => 0);
    const [order, , , find] = mix.requests();
    expect(built(find)).toMatchObject({ method: 'GET', path: '/orders/1' });
    expect(built(order)).toMatchObject({
      method: 'POST',
      path: '/checkout',
      headers: { 'content-type': 'application/json', 'user-agent': 'shop-app/3.1 (Android 16)' },
      body: '{"customer":"ada","sku":"TEA-1","quantity":1}',
    });
    answer(order, 500, '{"error":"internal error"}');
    expect(built(find)).toMatchObject({ path: '/orders/1' });
    answer(order, 201, '{"id":"42"}');
    expect(built(find)).toMatchObject({ path: '/orders/42' });
  });

  it('are counted by operation and status', () => {
    const mix = new RequestMix(() => 0);
    const [order, , , find] = mix.requests();
    answer(order, 500, '{}');
    answer(find, 404, '{}');
    answer(order, 201, '{"id":"1"}');
    answer(order, 500, '{}');
    expect(mix.outcomes()).toEqual([
      { operation: 'checkout', status: 201, count: 1 },
      { operation: 'checkout', status: 500, count: 2 },
      { operation: 'find order', status: 404, count: 1 },
    ]);
  });

  it('come from several customers and programs, the first customers more often', () => {
    let step = 0;
    // Every number from 0 to 1 in steps of a thousandth, in an order that repeats for none of the choices.
    const mix = new RequestMix(() => ((step += 617) % 1000) / 1000);
    const [order] = mix.requests();
    const customers = new Map<string, number>();
    const agents = new Set<unknown>();
    for (let count = 0; count < 1000; count += 1) {
      const { headers, body } = built(order);
      const { customer } = JSON.parse(String(body)) as { customer: string };
      customers.set(customer, (customers.get(customer) ?? 0) + 1);
      agents.add(headers?.['user-agent']);
    }
    expect(customers.size).toBe(10);
    expect(agents.size).toBe(4);
    expect(customers.get('ada')).toBeGreaterThan(3 * (customers.get('ken') ?? 0));
  });
});
