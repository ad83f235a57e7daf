import type { InstanceAnswer } from '../../../../src/dashboard/api/instanceSchema.ts';
import type {
  Finding,
  LevelKey,
  OverviewResult,
  ShownBar,
  Verdict,
} from '../../../../src/dashboard/api/overview/overviewSchema.ts';
import { formatRatio } from '../../components/counts.ts';
import { formatDuration } from '../../components/durations.ts';

/** What each window is called. */
export const WINDOW_NAMES: Readonly<Record<OverviewResult['window'], string>> = {
  '5m': '5 minutes',
  '1h': 'hour',
  '24h': '24 hours',
};

/** What each level is called, and what it is measured in. */
export const LEVEL_NAMES: Readonly<Record<LevelKey, { readonly title: string; readonly isShare: boolean }>> = {
  cpu: { title: 'Process CPU', isShare: true },
  memory: { title: 'Heap', isShare: true },
  machineMemory: { title: 'Memory', isShare: true },
  eventLoop: { title: 'Event loop p99', isShare: false },
  disk: { title: 'Disk', isShare: true },
};

/** A level in its unit. */
export function levelText(key: LevelKey, value: number): string {
  return LEVEL_NAMES[key].isShare ? formatRatio(value) : formatDuration(value * 1000);
}

/** How a number compares with that before: `+12 %`, `as before`, `twice … `; nothing where there is nothing to compare with. */
export function changeText(now: number | undefined, before: number | undefined): string | undefined {
  if (now === undefined || before === undefined) return undefined;
  if (before === 0) return now === 0 ? 'as before' : 'none before';
  const change = now / before - 1;
  if (Math.abs(change) < 0.02) return 'as before';
  if (change >= 2) return `${(now / before).toFixed(1)} × before`;
  const percent = Math.round(change * 100);
  return percent > 0 ? `+${percent} %` : `−${-percent} %`;
}

/** What a bar says of failed requests, from 0 to 1. */
export function errorRatioOf({ errorRatio }: ShownBar): number {
  return errorRatio ?? 0;
}

/** The verdict with what the answer itself says: that instances are missing. */
export function withMissing(verdict: Verdict, instances: readonly InstanceAnswer[]): Verdict {
  const missing = instances.filter(({ problem }) => problem !== undefined);
  if (missing.length === 0) return verdict;
  const findings = missing.map(({ address, instance, problem = '' }): Finding => {
    return {
      rule: 'instance-missing',
      severity: 'watch',
      text: `Without ${instance?.id ?? address}: ${problem.replace(/\.$/, '')}. Its numbers are missing here.`,
      threshold: 'Other instances cannot be found, or one does not answer when it is asked.',
      link: { path: ['accounting'], query: {} },
    };
  });
  const bad = verdict.findings.filter(({ severity }) => severity === 'bad');
  const all = [...bad, ...findings, ...verdict.findings.filter(({ severity }) => severity !== 'bad')];
  if (verdict.severity === 'bad') return { ...verdict, findings: all };
  const things = `${all.length} ${all.length === 1 ? 'thing' : 'things'}`;
  return { ...verdict, severity: 'watch', text: `To be watched: ${things} out of the ordinary`, findings: all };
}
