import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isRecord } from '../../../values/isRecord.ts';
import { NotCheckableError } from '../../deployment.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const packageFile = fileURLToPath(new URL('../../../../package.json', import.meta.url));

/** The commands run on the Node that package.json pins, which runs TypeScript by itself. */
export const nodeSupported: Check = {
  id: 'node-supported',
  component: 'toolchain',
  title: 'the commands run on the pinned version of Node.js',
  run: async () => [judgeNode(await pinnedNode(), process.versions.node)],
};

/** Judges the version that runs by the one that is pinned. */
export function judgeNode(pinned: string, running: string): Finding {
  const subject = 'Node.js';
  if (running === pinned) return { outcome: 'ok', subject, expected: pinned, found: running };
  const mend = 'run the command by `npm run validate`, which takes the Node of node_modules; `npm ci` installs it';
  return { outcome: 'warning', subject, expected: pinned, found: running, mend };
}

async function pinnedNode(): Promise<string> {
  const read: unknown = JSON.parse(await readFile(packageFile, 'utf8'));
  const named = isRecord(read) ? { ...asRecord(read['dependencies']), ...asRecord(read['devDependencies']) } : {};
  const version = named['node'];
  if (typeof version === 'string') return version;
  throw new NotCheckableError(`${packageFile} pins no Node`, 'take it from the repository again');
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
