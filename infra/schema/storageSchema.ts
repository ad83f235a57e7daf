import * as z from 'zod';
import { embeddedSchema } from './embeddedSchema.ts';
import { externalSchema } from './externalSchema.ts';
import type { StackDefaults } from './stackDefaults.ts';

/** Where spans are stored. */
export function storageSchema(defaults: StackDefaults) {
  return z
    .discriminatedUnion('kind', [embeddedSchema(defaults), externalSchema(defaults)], {
      error: 'must be "embedded" or "external"',
    })
    .describe('Where spans are stored.');
}
