import { expect, test } from 'vitest';
import { protectionDiffers } from '../../../../tools/up/deployStack.ts';

const bare = { protectedResources: [] };
const kept = { protectedResources: ['Namespace tracing'] };

test.each([
  [true, bare, true],
  [false, kept, true],
  [true, kept, false],
  [false, bare, false],
  [true, undefined, false],
])('protection %j over a state of %j is written though nothing else changes: %j', (wanted, state, differs) => {
  expect(protectionDiffers({ deletionProtection: wanted }, state)).toBe(differs);
});
