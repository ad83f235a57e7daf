import type { OrderRequest } from '../orders/order.ts';
import type { OrderBook } from '../orders/orderStore.ts';
import type { FailureSwitches } from './failureSwitches.ts';

/** What a former version of the shop had of every order. */
interface OrderWithDelivery extends OrderRequest {
  readonly delivery: { readonly street: string };
}

/** `bug`: before the order is kept, a mistake in the program is met. */
export function bug(book: OrderBook, switches: FailureSwitches): OrderBook {
  return {
    // An error that is thrown here and now must be a rejection all the same.
    add: async (wanted) => {
      if (switches.strikes('bug')) deliveryStreet(wanted);
      return book.add(wanted);
    },
    find: (id) => book.find(id),
  };
}

function deliveryStreet(wanted: OrderRequest): string {
  const order = JSON.parse(JSON.stringify(wanted)) as OrderWithDelivery;
  return order.delivery.street.trim(); // The bug: no order has a delivery any more, whatever the type says.
}
