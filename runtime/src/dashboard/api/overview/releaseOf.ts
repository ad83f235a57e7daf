import type { Instance } from '../../instance.ts';
import type { InstancePart } from '../view.ts';
import type { MergedErrors } from './mergeErrors.ts';
import { figuresOf, windowOf } from './mergeRequests.ts';
import type { OverviewPart, ShownRelease } from './overviewSchema.ts';

const MOST_GROUPS = 8;
/** A series that moved within so long of a deploy may have moved because of it. */
const NEAR_MILLIS = 30 * 60_000;
/** The clocks of an instance and of its errors are read one after the other. */
const SLACK_MILLIS = 2_000;

/**
 * What runs, since when, and what changed since. A deploy is that an instance runs with another version than there was before:
 * on another instance, or in errors that are known from before.
 */
export function releaseOf(
  parts: readonly InstancePart<OverviewPart>[],
  errors: MergedErrors | undefined,
): ShownRelease {
  const newest = parts
    .map(({ instance }) => instance)
    .reduce((last, each) => (each.sinceMillis > last.sinceMillis ? each : last));
  const { version } = newest;
  const ofVersion = parts.filter(({ instance }) => instance.version === version);
  const sinceMillis = Math.min(...ofVersion.map(({ instance }) => instance.sinceMillis));
  const running = runningOf(parts);
  const previous = previousOf(version, running, errors);
  const isSince = (millis: number): boolean => millis >= sinceMillis - SLACK_MILLIS;
  return {
    ...(version !== undefined && { version }),
    sinceMillis,
    ...(previous !== undefined && { previous }),
    running,
    appeared: (errors?.appeared ?? [])
      .filter(
        ({ firstSeenMillis, firstRelease = version }) =>
          isSince(firstSeenMillis) && (version === undefined || firstRelease === version),
      )
      .slice(0, MOST_GROUPS),
    regressed: (errors?.regressed ?? [])
      .filter(({ regressedMillis = 0 }) => isSince(regressedMillis))
      .slice(0, MOST_GROUPS),
    levelChanges: parts
      .flatMap(({ instance, part }) =>
        (part.performance?.levelChanges ?? []).map((change) => ({ ...change, instance: instance.id })),
      )
      .filter(({ atMillis }) => Math.abs(atMillis - sinceMillis) <= NEAR_MILLIS)
      .sort((a, b) => a.atMillis - b.atMillis),
  };
}

/** Every version that runs, the one that started last first. */
function runningOf(parts: readonly InstancePart<OverviewPart>[]): ShownRelease['running'] {
  const byVersion = new Map<string, InstancePart<OverviewPart>[]>();
  for (const each of parts) {
    const name = nameOf(each.instance);
    const known = byVersion.get(name) ?? [];
    byVersion.set(name, known);
    known.push(each);
  }
  return [...byVersion]
    .map(([version, all]) => {
      const requests = all.flatMap(({ part }) => (part.requests === undefined ? [] : [windowOf(part.requests)]));
      return {
        version,
        instances: all.length,
        sinceMillis: Math.min(...all.map(({ instance }) => instance.sinceMillis)),
        ...(requests.length > 0 && { requests: figuresOf(requests) }),
      };
    })
    .sort((a, b) => b.sinceMillis - a.sinceMillis);
}

function previousOf(
  version: string | undefined,
  running: ShownRelease['running'],
  errors: MergedErrors | undefined,
): string | undefined {
  if (version === undefined) return undefined;
  const other = running.find((each) => each.version !== version && each.version !== '');
  return other?.version ?? errors?.releases.find(({ release }) => release !== version)?.release;
}

/** An empty text where no version is known. */
function nameOf({ version = '' }: Instance): string {
  return version;
}
