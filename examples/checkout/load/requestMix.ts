import type { Request } from 'autocannon';

/** What is asked of the shop. */
export type Operation = 'checkout' | 'find order';

/** How often something was answered in one way. */
export interface Outcome {
  readonly operation: Operation;
  /** The HTTP status. */
  readonly status: number;
  readonly count: number;
}

const PRODUCTS = ['TEA-1', 'MUG-1', 'KETTLE-1'];
const AGENTS = ['shop-app/3.1 (Android 16)', 'shop-app/3.0 (iOS 19)', 'shop-web/12.4', 'partner-bot/1.4'];
/** The earlier ones come more often. */
const CUSTOMERS = ['ada', 'grace', 'alan', 'edsger', 'barbara', 'donald', 'frances', 'tony', 'radia', 'ken'];
const LATEST_KEPT = 50;

/** Orders of several customers by several programs, and questions for some of them; counts how they were answered. */
export class RequestMix {
  readonly #counts = new Map<Operation, Map<number, number>>();
  readonly #taken: string[] = [];
  readonly #random: () => number;

  /** @param random - a number from 0 to less than 1 */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** What every connection sends, over and over: three orders, then a question for one that was taken. */
  requests(): Request[] {
    const checkout: Request = {
      method: 'POST',
      path: '/checkout',
      setupRequest: (request) => ({ ...request, headers: this.#headers(), body: this.#order() }),
      onResponse: (status, body) => {
        this.#count('checkout', status);
        if (status === 201) this.#keep(body);
      },
    };
    const find: Request = {
      method: 'GET',
      setupRequest: (request) => ({ ...request, headers: this.#headers(), path: `/orders/${this.#someId()}` }),
      onResponse: (status) => this.#count('find order', status),
    };
    return [checkout, checkout, checkout, find];
  }

  /** How everything was answered, by operation and status. */
  outcomes(): readonly Outcome[] {
    return [...this.#counts].flatMap(([operation, statuses]) =>
      [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => ({ operation, status, count })),
    );
  }

  #headers(): Record<string, string> {
    return { 'content-type': 'application/json', 'user-agent': this.#pick(AGENTS) };
  }

  #order(): string {
    const quantity = 1 + Math.floor(this.#random() * 5);
    // The square makes the first ones come more often.
    const customer = CUSTOMERS[Math.floor(this.#random() ** 2 * CUSTOMERS.length)];
    return JSON.stringify({ customer, sku: this.#pick(PRODUCTS), quantity });
  }

  #keep(body: string): void {
    const { id } = JSON.parse(body) as { readonly id: string };
    this.#taken.push(id);
    if (this.#taken.length > LATEST_KEPT) this.#taken.shift();
  }

  /** The first order that ever was, where none was taken yet. */
  #someId(): string {
    return this.#taken.length === 0 ? '1' : this.#pick(this.#taken);
  }

  #pick(values: readonly string[]): string {
    return values[Math.floor(this.#random() * values.length)] ?? '';
  }

  #count(operation: Operation, status: number): void {
    const statuses = this.#counts.get(operation) ?? new Map<number, number>();
    this.#counts.set(operation, statuses.set(status, (statuses.get(status) ?? 0) + 1));
  }
}
