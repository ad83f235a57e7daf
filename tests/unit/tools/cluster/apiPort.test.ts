import { describe, expect, it } from 'vitest';
import { chooseApiPort, parseApiPort } from '../../../../tools/cluster/apiPort.ts';
import { InvalidApiPortError } from '../../../../tools/cluster/errors/invalidApiPortError.ts';
import { NoFreePortError } from '../../../../tools/cluster/errors/noFreePortError.ts';
import { PortTakenError } from '../../../../tools/process/portTakenError.ts';

function choose(taken: readonly number[], wish: { readonly requested?: number; readonly remembered?: number }) {
  return chooseApiPort({
    requested: wish.requested,
    remembered: wish.remembered,
    isFree: (port) => Promise.resolve(!taken.includes(port)),
    listenerOf: () => 'nginx (pid 7)',
  });
}

describe('parseApiPort', () => {
  it.each(['1024', '6443', '65535'])('reads %s', (text) => {
    expect(parseApiPort(text)).toBe(Number(text));
  });

  it.each(['', '80', '1023', '65536', '6443.5', '6e3', ' 6443', '0x1900', 'x'])('refuses %j', (text) => {
    expect(() => parseApiPort(text)).toThrow(InvalidApiPortError);
  });
});

describe('chooseApiPort', () => {
  it('takes the first free port from 6443 on', async () => {
    expect(await choose([], {})).toBe(6443);
    expect(await choose([6443, 6444], {})).toBe(6445);
  });

  it('prefers the port of the last run while it is free', async () => {
    expect(await choose([], { remembered: 7000 })).toBe(7000);
    expect(await choose([7000], { remembered: 7000 })).toBe(6443);
  });

  it('takes the port that was asked for before any other', async () => {
    expect(await choose([], { requested: 8000, remembered: 7000 })).toBe(8000);
  });

  it('refuses a taken port that was asked for, naming it and who listens', async () => {
    const chosen = choose([8000], { requested: 8000 });
    await expect(chosen).rejects.toThrow(PortTakenError);
    await expect(chosen).rejects.toThrow(/8000 .* taken by nginx \(pid 7\)/);
  });

  it.each([80, 65_536, 6443.5])('refuses port %d, naming what is allowed', async (requested) => {
    await expect(choose([], { requested })).rejects.toThrow(/1024 to 65535/);
  });

  it('says which ports it tried when none is free', async () => {
    const taken = Array.from({ length: 100 }, (_, index) => 6443 + index);
    await expect(choose(taken, {})).rejects.toThrow(NoFreePortError);
    await expect(choose(taken, {})).rejects.toThrow('6443 to 6542');
  });
});
