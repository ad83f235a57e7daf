import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';

/** Different for every checkout and name. */
export async function deploymentId(checkout: string, name: string): Promise<string> {
  const digest = createHash('sha256')
    .update(`${await realpath(checkout)}\n${name}`)
    .digest('hex')
    .slice(0, 8);
  return `${name.replaceAll(/[^A-Za-z0-9.-]/g, '_').slice(0, 40)}-${digest}`;
}
