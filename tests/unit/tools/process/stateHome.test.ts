import { homedir } from 'node:os';
import { expect, it } from 'vitest';
import { stateHome } from '../../../../tools/process/stateHome.ts';

it.each([
  [{ XDG_STATE_HOME: '/s', HOME: '/h' }, '/s'],
  [{ XDG_STATE_HOME: '', HOME: '/h' }, '/h/.local/state'],
  [{ XDG_STATE_HOME: 'relative', HOME: '/h' }, '/h/.local/state'],
  [{ HOME: '/h' }, '/h/.local/state'],
  [{ HOME: '' }, `${homedir()}/.local/state`],
  [{}, `${homedir()}/.local/state`],
])('of %j is %s', (environment, expected) => {
  expect(stateHome(environment)).toBe(expected);
});
