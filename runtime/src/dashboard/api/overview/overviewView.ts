import { nextTurn } from '../../../core/adapters/nextTurn.ts';
import { defineView, type InstancePart } from '../view.ts';
import type { ViewSource } from '../../viewSource.ts';
import type { HealthFacts, RequestFacts } from './healthFacts.ts';
import { type MergedErrors, mergeErrors } from './mergeErrors.ts';
import { mergeLevels } from './mergeLevels.ts';
import { mergeRequests } from './mergeRequests.ts';
import {
  overviewPart,
  type OverviewPart,
  overviewQuery,
  overviewResult,
  type OverviewResult,
  type OverviewWindow,
  type RequestsPart,
  type ShownAccounting,
  type ShownRequests,
} from './overviewSchema.ts';
import { RECENT_MILLIS } from './overviewWindows.ts';
import { readErrors } from './readErrors.ts';
import { readPerformance } from './readPerformance.ts';
import { readRequests } from './readRequests.ts';
import { readSpans } from './readSpans.ts';
import { releaseOf } from './releaseOf.ts';
import { verdictOf } from './verdictOf.ts';

type Parts = readonly InstancePart<OverviewPart>[];

/** Is it well; if not, what is not, since when, and where to go. */
export const overviewView = defineView({
  path: 'overview',
  summary: 'Whether it is well and if not, what is not: golden signals, what changed, and the worst of each kind',
  query: overviewQuery,
  part: overviewPart,
  result: overviewResult,
  read,
  merge: (parts, { window }) => merged(parts, window),
});

/** In steps: nothing of it holds up the application for long. */
async function read(
  { observability: { tracing, requests, performance, errors }, wallMillis }: ViewSource,
  { window }: { readonly window: OverviewWindow },
): Promise<OverviewPart> {
  const ofRequests = requests && (await readRequests(requests, window, wallMillis));
  await nextTurn();
  const ofErrors = errors && (await readErrors(errors));
  await nextTurn();
  const ofPerformance = performance && (await readPerformance(performance, window));
  return {
    nowMillis: wallMillis(),
    ...(ofRequests && { requests: ofRequests }),
    ...(ofErrors && { errors: ofErrors }),
    ...(ofPerformance && { performance: ofPerformance }),
    ...(tracing?.config && { spans: readSpans(tracing.stats(), performance?.series) }),
  };
}

function merged(parts: Parts, window: OverviewWindow): OverviewResult {
  const nowMillis = Math.max(...parts.map(({ part }) => part.nowMillis));
  const requestParts = partsOf(parts, ({ requests }) => requests);
  const errorParts = partsOf(parts, ({ errors }) => errors);
  const performanceParts = partsOf(parts, ({ performance }) => performance);
  const requests = requestParts.length === 0 ? undefined : mergeRequests(requestParts);
  const errors: MergedErrors | undefined =
    errorParts.length === 0
      ? undefined
      : mergeErrors(
          errorParts.map(({ part }) => part),
          nowMillis,
        );
  const levels = performanceParts.length === 0 ? undefined : mergeLevels(performanceParts);
  const facts: HealthFacts = {
    nowMillis,
    requests:
      requests &&
      factsOf(
        requests,
        requestParts.map(({ part }) => part),
      ),
    errors,
    levels,
    raised: performanceParts.flatMap(({ instance, part }) =>
      part.raised.map((raised) => ({ ...raised, instance: instance.id })),
    ),
    spans: partsOf(parts, ({ spans }) => spans).map(({ instance, part }) => ({ ...part, instance: instance.id })),
  };
  return {
    window,
    verdict: verdictOf(facts),
    ...(requests && { requests }),
    ...(errors && { errors: errors.shown }),
    ...(levels && { levels }),
    release: releaseOf(parts, errors),
    accounting: accountingOf(parts),
  };
}

function partsOf<Part>(parts: Parts, partOf: (part: OverviewPart) => Part | undefined): readonly InstancePart<Part>[] {
  return parts.flatMap(({ instance, part }) => {
    const own = partOf(part);
    return own === undefined ? [] : [{ instance, part: own }];
  });
}

function factsOf(shown: ShownRequests, parts: readonly RequestsPart[]): RequestFacts {
  const rates = parts.map(({ earlier: { count, coveredSeconds } }) =>
    coveredSeconds === 0 ? 0 : count / coveredSeconds,
  );
  const lastEnds = parts.flatMap(({ earlier }) => earlier.lastMillis ?? []);
  return {
    ...shown,
    usual: usualOf(parts),
    expected: (rates.reduce((sum, rate) => sum + rate, 0) * RECENT_MILLIS) / 1000,
    lastEndedMillis: lastEnds.length === 0 ? undefined : Math.max(...lastEnds),
  };
}

/** Of instances the median: they do the same work. */
function usualOf(parts: readonly RequestsPart[]): RequestsPart['usual'] {
  const all = parts.flatMap(({ usual }) => usual ?? []).sort((a, b) => a.p99Millis - b.p99Millis);
  const middle = all[Math.floor((all.length - 1) / 2)];
  return middle && { ...middle, count: all.reduce((sum, { count }) => sum + count, 0) };
}

function accountingOf(parts: Parts): ShownAccounting {
  const spans = parts.flatMap(({ part }) => part.spans ?? []);
  const errors = parts.flatMap(({ part }) => part.errors ?? []);
  return {
    ...(spans.length > 0 && {
      spansCreated: spans.reduce((sum, { total }) => sum + total.created, 0),
      spansDropped: spans.reduce((sum, { total }) => sum + total.dropped, 0),
    }),
    ...(errors.length > 0 && {
      errors: errors.reduce((sum, part) => sum + part.errors, 0),
      errorsNotKept: errors.reduce((sum, { notKept }) => sum + notKept, 0),
    }),
  };
}
