import { expect, test } from 'vitest';
import { modulePath } from '../../../../../runtime/src/errors/grouping/modulePath.ts';

const MODULES: readonly (readonly [file: string, module: string])[] = [
  ['src/orders.ts', 'orders'],
  ['dist/orders.js', 'orders'],
  ['dist/orders.min.js', 'orders'],
  ['packages/shop/src/index.ts', 'packages/shop/index'],
  ['src/orders/v2/create-order.ts', 'orders/v2/create-order'],
  ['dist/main.4f3a9c1b.js', 'main'],
  ['dist/chunk-VUHZDOGM.js', 'chunk'],
  ['dist/chunk-AB234567.js', 'chunk'],
  ['dist/index-BqZ3x9Lk.js', 'index'],
  ['dist/index-BqZxxLky.js', 'index'],
  ['.next/server/9f86d081884c/pages/orders.js', 'pages/orders'],
  ['src/OrderDTO.ts', 'OrderDTO'],
  ['src/CUSTOMER.ts', 'CUSTOMER'],
  ['src/oauth2client3.ts', 'oauth2client3'],
  ['src/sha256.ts', 'sha256'],
  ['src/create-defaults.ts', 'create-defaults'],
  ['/srv/releases/20261127101500/shop/src/orders.ts', 'releases/shop/orders'],
  ['/a/b/c/d/e/f.ts', 'd/e/f'],
  ['C:/shop/src/orders.ts', 'C:/shop/orders'],
  ['webpack://shop/./src/orders.ts', 'webpack:/shop/orders'],
  ['node_modules/pg/lib/client.js', 'pg'],
  ['node_modules/.pnpm/pg@8.1.0/node_modules/pg/lib/client.js', 'pg'],
  ['node_modules/@aws-sdk/client-s3/dist/index.js', '@aws-sdk/client-s3'],
  ['node:internal/fs/promises', 'node:internal/fs/promises'],
  ['', ''],
];

test.for(MODULES)('the module of %j is %j', ([file, module]) => {
  expect(modulePath(file)).toBe(module);
});
