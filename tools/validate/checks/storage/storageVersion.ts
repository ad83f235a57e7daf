import { z } from 'zod';
import { supportedServers, type StorageServer } from '../../../../infra/jaeger/supportedServers.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { openStorage } from './storageClient.ts';

/** What a server answers to `GET /`. */
export const root = z.object({ version: z.object({ number: z.string(), distribution: z.string().optional() }) });

/** What the storage calls itself. */
export type StorageVersion = z.infer<typeof root>;

/** Jaeger can store spans in this server. */
export const storageVersion: Check = {
  id: 'storage-version',
  component: 'storage',
  title: 'the storage is of a version that this Jaeger works with',
  run: async (context) => {
    const [storage, { jaegerVersion }] = await Promise.all([openStorage(context), context.deployment.config()]);
    return [judgeVersion(storage.name, await storage.get('/', root), supportedServers(jaegerVersion))];
  },
};

/** Whether a server is among those that are supported. */
export function judgeVersion(
  subject: string,
  { version: { number, distribution = 'elasticsearch' } }: StorageVersion,
  supported: readonly StorageServer[],
): Finding {
  const server = `${distribution}-${number.split('.')[0] ?? ''}`;
  const seen = { subject, expected: supported.join(', '), found: `${distribution} ${number}` };
  if (supported.some((each) => each === server)) return { outcome: 'ok', ...seen };
  return {
    outcome: 'failed',
    ...seen,
    mend: 'use one of these servers, or a version of Jaeger that works with this one (docs/configuration.md)',
  };
}
