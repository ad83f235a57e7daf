import { expect, test } from 'vitest';
import { imageParts } from '../../../../tools/up/prepare.ts';

test.each([
  ['direct', ['jaeger', 'servers-rootfs', 'elasticsearch']],
  ['streaming', ['jaeger', 'servers-rootfs', 'elasticsearch', 'kafka']],
] as const)('the images of a stack of strategy %s are packed from %j', (strategy, parts) => {
  expect(imageParts({ strategy })).toEqual(parts);
});
