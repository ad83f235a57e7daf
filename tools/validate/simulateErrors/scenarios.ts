import type { FailureName } from '../../../examples/checkout/src/failures/failureName.ts';
import type { ErrorCategory } from '../../../runtime/src/errors/errorCategory.ts';
import type { ErrorSeverity } from '../../../runtime/src/errors/errorSeverity.ts';
import type { ExampleServiceName } from '../checks/runtime/exampleServices.ts';

/** A way to make the example fail for real, and what must become of it. */
export interface Scenario {
  readonly category: ErrorCategory;
  readonly severity: ErrorSeverity;
  /** What really goes wrong. */
  readonly cause: string;
  /** Which failure of the example is switched on for the while; missing where the request alone is enough. */
  readonly failure?: { readonly service: ExampleServiceName; readonly name: FailureName };
  /** What a customer sends to the storefront, and how it is answered. */
  readonly request: { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown };
  readonly status: number;
  /** How often at first; then once more, after the group was resolved. */
  readonly times: number;
  /** The group that the errors belong to. */
  readonly group: { readonly service: ExampleServiceName; readonly type: string; readonly message: string };
  /**
   * What the trace has to show: a span of a service with the status ERROR and, where something was thrown that the service had not dealt with, the
   * exception's event. A refusal (4xx) is no error of who refuses, but of who asked: OpenTelemetry's conventions for HTTP.
   */
  readonly trace: { readonly service: ExampleServiceName; readonly exception: boolean };
  /** The alert that the errors have to raise. */
  readonly alert: 'TracewrightErrorsCameBack' | 'TracewrightCriticalErrors';
}

const order = { customer: 'tracewright-validate', sku: 'TEA-1', quantity: 1 };
const checkout = { method: 'POST', path: '/checkout', body: order } as const;
// No order has this number, so that none is in the cache.
const unknownOrder = { method: 'GET', path: '/orders/999999999999999999' } as const;

const common = { request: checkout, times: 2, alert: 'TracewrightErrorsCameBack' } as const;

/** Every category, and every severity at least once. */
export const scenarios: readonly Scenario[] = [
  {
    ...common,
    category: 'system',
    severity: 'high',
    cause: 'a bug in the program of orders: a TypeError',
    failure: { service: 'orders', name: 'bug' },
    status: 500,
    group: { service: 'orders', type: 'TypeError', message: "Cannot read properties of undefined (reading 'street')" },
    trace: { service: 'orders', exception: true },
  },
  {
    category: 'database',
    severity: 'critical',
    cause: 'more than sixty questions in a minute find no database',
    failure: { service: 'orders', name: 'database-down' },
    request: unknownOrder,
    status: 500,
    // One of two minutes of the clock has more than sixty of them, wherever they begin.
    times: 130,
    group: { service: 'orders', type: 'Error', message: 'connect ECONNREFUSED 127.0.0.1:6432' },
    trace: { service: 'orders', exception: true },
    alert: 'TracewrightCriticalErrors',
  },
  {
    ...common,
    category: 'network',
    severity: 'high',
    cause: 'orders does not answer before the storefront gives up',
    failure: { service: 'orders', name: 'timeout' },
    status: 504,
    group: { service: 'storefront', type: 'TimeoutError', message: 'The operation was aborted due to timeout' },
    trace: { service: 'storefront', exception: true },
  },
  {
    ...common,
    category: 'authentication',
    severity: 'medium',
    cause: "the storefront's token is signed with another key",
    failure: { service: 'storefront', name: 'bad-token' },
    status: 401,
    group: { service: 'orders', type: 'RefusedError', message: "the token's signature is not the shop's" },
    trace: { service: 'storefront', exception: false },
  },
  {
    ...common,
    category: 'validation',
    severity: 'low',
    cause: 'what the storefront hands on is no order',
    failure: { service: 'storefront', name: 'bad-input' },
    status: 400,
    group: { service: 'orders', type: 'RefusedError', message: 'quantity must be a whole number from 1 to 100' },
    trace: { service: 'storefront', exception: false },
  },
  {
    ...common,
    category: 'business_logic',
    severity: 'medium',
    cause: 'an order is worth more than the shop takes',
    request: { ...checkout, body: { ...order, sku: 'KETTLE-1', quantity: 100 } },
    status: 409,
    group: {
      service: 'orders',
      type: 'RefusedError',
      message: 'an order of more than 3000 is taken by our sales department alone',
    },
    trace: { service: 'storefront', exception: false },
  },
  {
    ...common,
    category: 'external_service',
    severity: 'high',
    cause: 'in place of JSON the storefront gets a page, as of a proxy',
    failure: { service: 'orders', name: 'html-answer' },
    status: 502,
    group: { service: 'storefront', type: 'RefusedError', message: 'the orders service does not answer' },
    trace: { service: 'storefront', exception: true },
  },
  {
    ...common,
    category: 'unknown',
    severity: 'high',
    cause: 'the storefront passes on that orders has failed, and nobody says what was thrown',
    failure: { service: 'orders', name: 'bug' },
    status: 500,
    group: { service: 'storefront', type: 'RequestFailedError', message: 'POST /checkout failed: 500' },
    trace: { service: 'storefront', exception: false },
  },
];
