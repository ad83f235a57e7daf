import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { listeningSockets, parseSocket } from '../../../support/listeningSockets.ts';

const line = (local: string, remote: string, state: string): string =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000 100 0 0 10 0`;

test.each([
  ['an IPv4 socket', line('00000000:1F90', '00000000:0000', '0A'), 'TCP', 'any', 8080],
  ['loopback', line('0100007F:0050', '00000000:0000', '0A'), 'TCP', 'loopback', 80],
  ['one address', line('0A00F40A:0050', '00000000:0000', '0A'), 'TCP', '10.244.0.10', 80],
  ['an IPv6 socket', line(`${'0'.repeat(32)}:24F8`, `${'0'.repeat(32)}:0000`, '0A'), 'TCP', 'any', 9464],
  ['its loopback', line(`${'0'.repeat(24)}01000000:0050`, `${'0'.repeat(32)}:0000`, '0A'), 'TCP', 'loopback', 80],
  [
    'loopback of IPv4 in IPv6',
    line(`${'0'.repeat(16)}FFFF00000100007F:0050`, `${'0'.repeat(32)}:0000`, '0A'),
    'TCP',
    'loopback',
    80,
  ],
  ['a UDP socket', line('00000000:1AAF', '00000000:0000', '07'), 'UDP', 'any', 6831],
] as const)('%s that waits is read as the kernel lists it', (_what, text, protocol, address, port) => {
  expect(parseSocket(text, protocol)).toEqual({ protocol, address, port, inode: '4711' });
});

test.each([
  ['a connection', line('0100007F:0050', '0100007F:1F90', '01'), 'TCP'],
  ['a UDP socket that is connected', line('0100007F:0050', '0100007F:1F90', '01'), 'UDP'],
  ['no line of a table', 'sl local_address rem_address', 'TCP'],
] as const)('%s does not wait', (_what, text, protocol) => {
  expect(parseSocket(text, protocol)).toBeUndefined();
});

test('a program that listens is found, in what its parent has started', async () => {
  const child =
    'require("net").createServer().listen(0, "127.0.0.1", function () { console.log(this.address().port) })';
  const parent = spawn('sh', ['-c', `"${process.execPath}" -e '${child}'; true`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const [port] = (await once(parent.stdout, 'data')) as [Buffer];
    const sockets = listeningSockets(parent.pid ?? 0);
    expect(sockets.map(({ protocol, address, port: number }) => [protocol, address, number])).toEqual([
      ['TCP', 'loopback', Number(port.toString())],
    ]);
  } finally {
    const [child] = listeningPids(parent.pid ?? 0);
    if (child !== undefined) process.kill(child);
    parent.kill();
  }
});

function listeningPids(parent: number): readonly number[] {
  return readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}
