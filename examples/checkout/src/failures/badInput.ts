import type { FailureSwitches } from './failureSwitches.ts';

/** `bad-input`: what the storefront hands on is no order any more, which `orders` finds out. */
export function badInput(order: unknown, switches: FailureSwitches): unknown {
  if (typeof order !== 'object' || order === null || !switches.strikes('bad-input')) return order;
  return { ...order, quantity: 'a few' };
}
