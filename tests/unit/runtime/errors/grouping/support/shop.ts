/** A program that throws what it is asked for; `text` of it is another release. */
export function shopSource(release: 1 | 2): string {
  return RELEASE[release] + SHOP;
}

const RELEASE = {
  1: '',
  2: `const banner = (name) => [name, name].map((part) => part.trim()).join(' ');
      export const greeting = banner('shop') + banner('orders');
  `,
};

const SHOP = `
class OrderError extends Error { name = 'OrderError'; }
function totalOf(order) {
  if (order.items === undefined) throw new OrderError('order ' + order.id + ' has no items');
  return order.items.reduce((sum, item) => sum + item.price, 0);
}
function ownerOf(order) { return order.owner.name.toUpperCase() + order.owner.name; }
function labelOf(order) { return order.owner.name.trim() + '!'; }
class OrderBook {
  findOrder(id) { if (id > 0) throw new RangeError('no order ' + id); return id; }
  closeOrder(id) { if (id > 0) throw new RangeError('no order ' + id); return id; }
}
function applyDiscount(order) { order.items.unknownMethod(order.id); return order; }
function parseFeed(text) { if (text[0] !== '{') throw new Error('the feed is no object'); return JSON.parse(text); }
async function parseLater(text) { await null; return parseFeed(text); }
function parseInCallback(text, done) {
  queueMicrotask(() => { try { done(undefined, parseFeed(text)); } catch (error) { done(error); } });
}
async function parseInPromise(text) { return Promise.resolve(text).then((value) => parseFeed(value)); }
export const shop = {
  total: () => totalOf({ id: 17 }),
  owner: () => ownerOf({ id: 17 }),
  label: () => labelOf({ id: 17 }),
  find: () => new OrderBook().findOrder(17),
  close: () => new OrderBook().closeOrder(17),
  discount: () => applyDiscount({ id: 17, items: [] }),
  awaited: () => parseLater('no feed'),
  promised: () => parseInPromise('no feed'),
  callback: () => new Promise((resolve, reject) => parseInCallback('no feed', (error) => reject(error))),
};
`;
