import { RefusedError } from '../service/refusedError.ts';

/** What a customer orders. */
export interface OrderRequest {
  readonly customer: string;
  readonly sku: string;
  /** 1 to 100. */
  readonly quantity: number;
}

/** An order that was taken. */
export interface Order extends OrderRequest {
  readonly id: string;
  readonly totalCents: number;
}

/** @throws RefusedError 400 that names the field which cannot be used. */
export function parseOrderRequest(body: unknown): OrderRequest {
  if (typeof body !== 'object' || body === null) throw new RefusedError(400, 'the body must be an object');
  const { customer, sku, quantity } = body as Partial<Record<keyof OrderRequest, unknown>>;
  if (typeof customer !== 'string' || customer === '' || customer.length > 100)
    throw invalid('customer', 'text of 1 to 100 characters');
  if (typeof sku !== 'string' || !/^[A-Z0-9-]{1,40}$/.test(sku)) throw invalid('sku', '1 to 40 of A-Z, 0-9 and -');
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1 || quantity > 100)
    throw invalid('quantity', 'a whole number from 1 to 100');
  return { customer, sku, quantity };
}

function invalid(field: keyof OrderRequest, allowed: string): RefusedError {
  return new RefusedError(400, `${field} must be ${allowed}`);
}
