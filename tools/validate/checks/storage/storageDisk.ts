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

const watermarkSetting = 'cluster.routing.allocation.disk.watermark';

/** The disk of one node of the storage. */
export interface NodeDisk {
  readonly node: string;
  readonly totalBytes: number;
  readonly availableBytes: number;
}

/** How full a disk may be. */
export interface Watermark {
  /** What is used (`85%`, `0.85`), or what is left (`20gb`). */
  readonly mark: string;
  /** Bytes left (`200gb`) that are enough, however large the disk; for a mark that is a share. From Elasticsearch 8.5 on. */
  readonly maxHeadroom?: string;
}

/** How full a disk may be before the storage gives it no shard more, and before it takes no write more. */
export interface Watermarks {
  readonly low: Watermark;
  readonly floodStage: Watermark;
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
    const setting = (name: string): string | undefined => {
      const key = `${watermarkSetting}.${name}`;
      const value = settings.transient[key] ?? settings.persistent[key] ?? settings.defaults[key];
      return typeof value === 'string' ? value : undefined;
    };
    const watermark = (name: string): Watermark => {
      const maxHeadroom = setting(`${name}.max_headroom`);
      return {
        mark: setting(name) ?? 'none',
        ...(maxHeadroom !== undefined && { maxHeadroom }),
      };
    };
    const marks = { low: watermark('low'), floodStage: watermark('flood_stage') };
    return Object.values(nodes).map(({ name, fs: { total } }) =>
      judgeDisk({ node: name, totalBytes: total.total_in_bytes, availableBytes: total.available_in_bytes }, marks),
    );
  },
};

/** What a disk's fill means. */
export function judgeDisk({ node, totalBytes, availableBytes }: NodeDisk, { low, floodStage }: Watermarks): Finding {
  const used = 1 - availableBytes / totalBytes;
  const seen = {
    subject: `disk of storage node ${node}`,
    expected: `below its watermarks, ${describe(low)} and ${describe(floodStage)}`,
    found: `${(used * 100).toFixed(0)} % used, ${(availableBytes / 2 ** 30).toFixed(1)} GiB left`,
  };
  const [lowBytes, floodBytes] = [low, floodStage].map((watermark) => neededBytes(watermark, totalBytes));
  const mend = 'delete old indices, keep spans for fewer days (storage.retentionDays), or make the disk larger';
  if (floodBytes !== undefined && availableBytes <= floodBytes) return { outcome: 'failed', ...seen, mend };
  if (lowBytes === undefined || floodBytes === undefined)
    return {
      outcome: 'unchecked',
      ...seen,
      mend: `set ${watermarkSetting}.low and .flood_stage to a share (85%) or to what must be left (20gb)`,
    };
  return availableBytes <= lowBytes ? { outcome: 'warning', ...seen, mend } : { outcome: 'ok', ...seen };
}

/** How many bytes must be left; undefined for a watermark of a form that is not known. */
function neededBytes({ mark, maxHeadroom }: Watermark, totalBytes: number): number | undefined {
  const [, percent] = /^([\d.]+)%$/.exec(mark) ?? [];
  const share =
    percent === undefined
      ? /^(?:0?\.\d+|[01](?:\.0+)?)$/.test(mark)
        ? Number(mark)
        : undefined
      : Number(percent) / 100;
  if (share === undefined) return bytesOf(mark);
  // -1 stands for none, and is no number of bytes.
  const headroom = maxHeadroom === undefined ? undefined : bytesOf(maxHeadroom);
  return Math.min((1 - share) * totalBytes, headroom ?? Infinity);
}

const units = ['b', 'k', 'm', 'g', 't', 'p'];

/** `20gb`, `20g` */
function bytesOf(text: string): number | undefined {
  const [, amount, unit] = /^([\d.]+)(b|[kmgtp]b?)$/i.exec(text) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  return Number(amount) * 2 ** (10 * units.indexOf(unit.charAt(0).toLowerCase()));
}

function describe({ mark, maxHeadroom }: Watermark): string {
  return maxHeadroom === undefined || bytesOf(maxHeadroom) === undefined ? mark : `${mark} (or ${maxHeadroom} left)`;
}
