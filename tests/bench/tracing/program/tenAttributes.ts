import type { Span } from '@opentelemetry/api';

/** Ten attributes as instrumentations set them: texts, numbers, a truth value. */
const ATTRIBUTES: readonly (readonly [string, string | number | boolean])[] = [
  ['http.request.method', 'GET'],
  ['url.path', '/orders/1234/items'],
  ['url.scheme', 'https'],
  ['server.address', 'orders.example.internal'],
  ['server.port', 8443],
  ['http.response.status_code', 200],
  ['user_agent.original', 'bench/1.0 (linux; x64) fetch'],
  ['network.peer.address', '10.0.17.201'],
  ['app.order.total', 129.95],
  ['app.order.paid', true],
];

/** Sets them, one call each. */
export function setTenAttributes(span: Span): void {
  for (const [key, value] of ATTRIBUTES) span.setAttribute(key, value);
}
