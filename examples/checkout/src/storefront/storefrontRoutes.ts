import type { RequestTracker } from '@tracewright/runtime';
import { badInput } from '../failures/badInput.ts';
import type { FailureSwitches } from '../failures/failureSwitches.ts';
import { readJson } from '../service/readJson.ts';
import type { Reply, Route, RouteRequest } from '../service/route.ts';
import type { OrdersClient } from './ordersClient.ts';

/** What the routes work with. */
export interface StorefrontRouteParts {
  readonly orders: Pick<OrdersClient, 'forward'>;
  readonly failures: FailureSwitches;
  /** Knows the request that a route answers. */
  readonly requests?: RequestTracker | undefined;
}

/** `POST /checkout` and `GET /orders/:id`, both answered by the orders service. */
export function storefrontRoutes(parts: StorefrontRouteParts): readonly Route[] {
  return [
    { method: 'POST', pattern: '/checkout', handle: (request) => checkOut(request, parts) },
    { method: 'GET', pattern: '/orders/:id', handle: (request) => findOrder(request, parts) },
  ];
}

async function checkOut({ message }: RouteRequest, parts: StorefrontRouteParts): Promise<Reply> {
  const order = await readJson(message);
  noteCustomer(order, parts);
  return parts.orders.forward(message, '/orders', badInput(order, parts.failures));
}

async function findOrder({ message, parameters }: RouteRequest, parts: StorefrontRouteParts): Promise<Reply> {
  const reply = await parts.orders.forward(message, `/orders/${encodeURIComponent(parameters['id'] ?? '')}`);
  noteCustomer(reply.body, parts);
  return reply;
}

function noteCustomer(order: unknown, { requests }: StorefrontRouteParts): void {
  if (typeof order !== 'object' || order === null || !('customer' in order)) return;
  if (typeof order.customer === 'string') requests?.current()?.update({ userId: order.customer });
}
