import { readJson } from '../service/readJson.ts';
import { RequestError } from '../service/requestError.ts';
import type { Reply, Route } from '../service/route.ts';

const TIMEOUT_MILLIS = 10_000;

/** `POST /checkout` and `GET /orders/:id`, both answered by the orders service at `ordersUrl`. */
export function storefrontRoutes(ordersUrl: string): readonly Route[] {
  return [
    {
      method: 'POST',
      pattern: '/checkout',
      handle: async ({ message }) =>
        forward(new URL('/orders', ordersUrl), { method: 'POST', body: JSON.stringify(await readJson(message)) }),
    },
    {
      method: 'GET',
      pattern: '/orders/:id',
      handle: ({ parameters }) =>
        forward(new URL(`/orders/${encodeURIComponent(parameters['id'] ?? '')}`, ordersUrl), { method: 'GET' }),
    },
  ];
}

async function forward(url: URL, request: RequestInit): Promise<Reply> {
  try {
    const response = await fetch(url, {
      ...request,
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MILLIS),
    });
    return { status: response.status, body: await response.json() };
  } catch (cause) {
    throw new RequestError(502, 'the orders service does not answer', { cause });
  }
}
