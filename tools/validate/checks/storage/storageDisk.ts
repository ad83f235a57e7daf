import { z } from 'zod';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { openStorage } from './storageClient.ts';

const filesystems = z.object({
  nodes: z.record(
    z.string(),
    z.object({
      name: z.string(),
      fs: z.object({ total: z.object({ total_in_bytes: z.number(), available_in_bytes: z.number() }) }),
    }),
  ),
});
const watermarks = z.object({
  persistent: z.record(z.string(), z.unknown()),
  transient: z.record(z.string(), z.unknown()),
  defaults: z.record(z.string(), z.unknown()),
});

/** The disk of one node of the storage. */
export interface NodeDisk {
  readonly node: string;
  readonly totalBytes: number;
  readonly availableBytes: number;
}

/** How full a disk may be before the storage gives it no shard more, and before it takes no write more: shares, 0 to 1, or bytes left. */
export interface Watermarks {
  readonly low: string;
  readonly floodStage: string;
}

/** Disks of the storage are not so full that it stops taking spans. */
export const storageDisk: Check = {
  id: 'storage-disk',
  component: 'storage',
  title: 'every disk of the storage has room',
  run: async (context) => {
    const storage = await openStorage(context);
    const [{ nodes }, settings] = await Promise.all([
      storage.get('/_nodes/stats/fs', filesystems),
      storage.get('/_cluster/settings?include_defaults=true&flat_settings=true', watermarks),
    ]);
    const setting = (name: string): string => {
      const key = `cluster.routing.allocation.disk.watermark.${name}`;
      return String(settings.transient[key] ?? settings.persistent[key] ?? settings.defaults[key]);
    };
    const marks = { low: setting('low'), floodStage: setting('flood_stage') };
    return Object.values(nodes).map(({ name, fs: { total } }) =>
      judgeDisk({ node: name, totalBytes: total.total_in_bytes, availableBytes: total.available_in_bytes }, marks),
    );
  },
};

/** What a disk's fill means. */
export function judgeDisk({ node, totalBytes, availableBytes }: NodeDisk, { low, floodStage }: Watermarks): Finding {
  const used = 1 - availableBytes / totalBytes;
  const gibibytes = (availableBytes / 2 ** 30).toFixed(1);
  const seen = {
    subject: `disk of storage node ${node}`,
    expected: `below its watermarks, ${low} and ${floodStage}`,
    found: `${(used * 100).toFixed(0)} % used, ${gibibytes} GiB left`,
  };
  const mend = 'delete old indices, keep spans for fewer days (storage.retentionDays), or make the disk larger';
  if (isAbove(floodStage, totalBytes, availableBytes)) return { outcome: 'failed', ...seen, mend };
  if (isAbove(low, totalBytes, availableBytes)) return { outcome: 'warning', ...seen, mend };
  return { outcome: 'ok', ...seen };
}

const units: Readonly<Record<string, number>> = { b: 1, kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30, tb: 2 ** 40 };

/** A watermark is a share that is used (`85%`, `0.85`) or what is left (`20gb`). One of another form is never reached. */
function isAbove(watermark: string, totalBytes: number, availableBytes: number): boolean {
  const used = 1 - availableBytes / totalBytes;
  const [, percent] = /^([\d.]+)%$/.exec(watermark) ?? [];
  if (percent !== undefined) return used * 100 >= Number(percent);
  const [, amount, unit] = /^([\d.]+)(b|kb|mb|gb|tb)$/i.exec(watermark) ?? [];
  if (amount !== undefined) return availableBytes <= Number(amount) * (units[(unit ?? '').toLowerCase()] ?? 1);
  return /^0?\.\d+$/.test(watermark) && used >= Number(watermark);
}
