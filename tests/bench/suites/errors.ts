import { loadavg } from 'node:os';
import { z } from 'zod';
import { measureStorm, type Storm } from '../errors/measureStorm.ts';
import { atLeastOfPeer, atMost, type Figure, type Measured, none, observe } from '../figure.ts';
import { measurePairs } from '../measurePairs.ts';
import { repeated } from '../repeated.ts';
import { runProgram } from '../runProgram.ts';

/** How the suite `errors` is run. */
export interface ErrorsBenchOptions {
  /** Runs of each figure. */
  readonly runs: number;
  /** Seconds of each storm. */
  readonly stormSeconds: number;
  readonly report: (text: string) => void;
}

const CAPTURES = 100_000;
const STORM_PER_SECOND = 10_000;
const SATURATION_PER_SECOND = 200_000;
const MEGABYTE = 1e6;
const NANOSECONDS_A_SECOND = 1e9;

/** What the profile of the storm showed. */
const STORM_FINDING =
  'profiled: an error costs some 18 to 20 us beside the requests of this server (13 to 15 us alone): 6 to 8 of them V8 writes its stack, which grouping by place needs, 4 to 5 are redacting and describing, 3 classification, 3 the fingerprint, 2 counting, the rest is memory that has left the cache. 10,000 of them a second are 0.18 to 0.2 of the thread, which is also what maxTimeShare allows; runs went from 0.55 to 0.81 on a noisy machine.';
const SHED_FINDING =
  'profiled: where the machine is slow, 10,000 errors a second take more than maxTimeShare (0.2) allows, and what is over it is counted by class and code; all are in the total. In the runs of full speed none is.';

const captured = z.object({ nanoseconds: z.number() });

/** Compares capturing with Sentry's, and puts a tracker into storms of errors. */
export async function benchErrors({ runs, stormSeconds, report }: ErrorsBenchOptions): Promise<Measured> {
  const load = loadavg()[0] ?? 0;
  report(`errors captured: ${runs} runs of each side`);
  const captures = await measurePairs(
    runs,
    '@sentry/node, a transport that takes nothing, no integrations',
    async (side) => {
      const { nanoseconds } = captured.parse(await runProgram('errors', 'measureCapture', [side, CAPTURES]));
      return NANOSECONDS_A_SECOND / nanoseconds;
    },
  );
  report(`storms of ${STORM_PER_SECOND} errors a second: ${runs} pairs of ${stormSeconds} s`);
  const storms: Storm[] = [];
  const throughput = await measurePairs(runs, 'the same storm without tracking', async (side) => {
    const storm = await measureStorm(side === 'ours' ? 'ours' : 'none', STORM_PER_SECOND, stormSeconds);
    if (side === 'ours') storms.push(storm);
    return storm.requestsPerSecond;
  });
  report(`the same with a tenth of the time for capturing: ${runs} runs of ${stormSeconds} s`);
  const spared = await repeated(runs, () => measureStorm('tenth', STORM_PER_SECOND, stormSeconds));
  report(`storms of ${SATURATION_PER_SECOND} errors a second: ${runs} pairs of ${stormSeconds} s`);
  const saturated = await repeated(runs, async () => ({
    ours: await measureStorm('ours', SATURATION_PER_SECOND, stormSeconds),
    bare: await measureStorm('none', SATURATION_PER_SECOND, stormSeconds),
  }));
  return {
    figures: [
      atLeastOfPeer('errors captured and grouped in a second of processor time', captures, 3, 'errors'),
      atLeastOfPeer(
        `requests answered in a storm of ${STORM_PER_SECOND} errors a second`,
        throughput,
        0.9,
        'requests a second',
        STORM_FINDING,
      ),
      none('errors of the storm that were not counted in their groups', storms.map(lost), 'errors', SHED_FINDING),
      ...saturationFigures(saturated.map(({ ours }) => ours)),
    ],
    observations: [
      observe('load average of the machine when the suite began', [load], 'processes'),
      observe(
        'with maxTimeShare 0.1, requests answered in the storm, to those without tracking',
        spared.map(({ requestsPerSecond }, run) => requestsPerSecond / (throughput.peerRuns[run] ?? 0)),
        'x',
      ),
      observe(
        'with maxTimeShare 0.1, errors of the storm that are in their groups, others by class and code only',
        spared.map(({ thrown, inGroups }) => inGroups / thrown),
        'of all',
      ),
      observe(
        'at saturation, 99th percentile of requests without tracking',
        saturated.map(({ bare }) => bare.latencyP99Millis),
        'ms',
      ),
      observe(
        'at saturation, errors counted by class and code only',
        saturated.map(({ ours }) => ours.shed),
        'errors',
      ),
      observe(
        'at saturation, errors thrown',
        saturated.map(({ ours }) => ours.thrown),
        'errors',
      ),
    ],
  };
}

/** Errors that are in no group: those that were shed are. */
function lost({ thrown, inGroups }: Storm): number {
  return thrown - inGroups;
}

function saturationFigures(storms: readonly Storm[]): readonly Figure[] {
  return [
    none(
      'at saturation, errors that are not in the total',
      storms.map(({ thrown, counted }) => thrown - counted),
      'errors',
    ),
    none(
      'at saturation, errors neither in a group nor counted by class and code',
      storms.map(({ counted, inGroups, shed }) => counted - inGroups - shed),
      'errors',
    ),
    atMost(
      'at saturation, 99th percentile of requests',
      storms.map(({ latencyP99Millis }) => latencyP99Millis),
      100,
      'ms',
    ),
    atMost(
      'at saturation, memory of the process',
      storms.map(({ residentBytes }) => residentBytes / MEGABYTE),
      300,
      'MB',
    ),
  ];
}
