import { execa } from 'execa';

// Whose certificate it is does not matter: what is asked is whether somebody without one of their own is let in.
const program = `
  const { request } = require(process.argv[1].startsWith('https') ? 'node:https' : 'node:http');
  request(process.argv[1], { rejectUnauthorized: false, timeout: 5000 }, (response) => {
    process.stdout.write(String(response.statusCode));
    response.resume();
  }).on('timeout', () => process.exit(1)).end();
`;

/** The status that a request without credentials gets, sent from a process's network namespace. */
export async function statusFrom(pid: number, url: string): Promise<number> {
  const inside = ['--target', String(pid), '--net', '--', process.execPath, '-e', program, url];
  return Number((await execa('nsenter', inside, { timeout: 20_000 })).stdout);
}
