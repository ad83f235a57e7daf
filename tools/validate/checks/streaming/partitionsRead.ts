import { serviceNames } from '../../../../infra/jaeger/endpoints.ts';
import { adminPorts } from '../../../../infra/jaeger/ports.ts';
import { componentOf, isRunningPod } from '../../../kube/podState.ts';
import { requestOnePod } from '../../../kube/requestPod.ts';
import type { Check } from '../../check.ts';
import { NotCheckableError } from '../../deployment.ts';
import type { Finding } from '../../finding.ts';
import { samplesOf } from '../../exposition.ts';

/** What ingesters say of the topic, all of them together; undefined where none of them says it, which is not 0. */
export interface TopicReading {
  /** Partitions that an ingester reads. */
  readonly held: number | undefined;
  /** Messages that were written and not read yet. */
  readonly lag: number | undefined;
}

/** Every partition of the topic has a reader that keeps up. */
export const partitionsRead: Check = {
  id: 'partitions-read',
  component: 'streaming',
  title: 'ingesters read every partition of the topic, and keep up',
  applies: async (deployment) => (await deployment.config()).strategy === 'streaming',
  run: async ({ deployment, signal }) => {
    const [kube, config, pods] = await Promise.all([deployment.kube(), deployment.config(), deployment.pods()]);
    const ingesters = pods.filter((pod) => componentOf(pod) === serviceNames.ingester && isRunningPod(pod));
    if (ingesters.length === 0)
      throw new NotCheckableError('no ingester runs', '`npm run status` says what they wait for');
    const shown = await Promise.all(
      ingesters.map(async ({ metadata }) => {
        const place = {
          namespace: metadata?.namespace ?? '',
          pod: metadata?.name ?? '',
          port: adminPorts.ingester.number,
        };
        const { status, body } = await requestOnePod(kube, place, { path: '/metrics', signal });
        if (status === 200) return body;
        throw new NotCheckableError(`pod ${place.pod} answered /metrics with ${status}`, 'see its log');
      }),
    );
    const sum = (name: string): number | undefined => {
      const values = shown.flatMap((text) => samplesOf(text, { name }));
      return values.length === 0 ? undefined : values.reduce((total, value) => total + value, 0);
    };
    const prefix = 'jaeger_ingester_sarama_consumer';
    const reading = { held: sum(`${prefix}_partitions_held`), lag: sum(`${prefix}_offset_lag`) };
    return judgeTopic(config.streaming?.topic ?? '', config.streaming?.partitions ?? 0, reading);
  },
};

// What an ingester of Jaeger 1.50 stores within some ten seconds: more has waited longer than a moment.
const muchLag = 100_000;
const silent = 'see whether the image of the ingesters is of the configured version of Jaeger, and what they log';

/** What the readers of a topic mean. */
export function judgeTopic(topic: string, partitions: number, { held, lag }: TopicReading): Finding[] {
  const readers = {
    subject: `topic ${topic}`,
    expected: `${partitions} partitions, each read`,
    found: held === undefined ? 'no ingester says which it reads' : `${held} are read`,
  };
  const waiting = {
    subject: `spans that wait in topic ${topic}`,
    expected: `fewer than ${muchLag}`,
    found: lag === undefined ? 'no ingester says how many wait' : String(lag),
  };
  return [
    held === undefined
      ? { outcome: 'unchecked', ...readers, mend: silent }
      : held === partitions
        ? { outcome: 'ok', ...readers }
        : {
            outcome: 'failed',
            ...readers,
            mend: 'restart the ingesters; see the runbook KafkaPartitionsUnread. A topic made outside may have another number than streaming.partitions says',
          },
    lag === undefined
      ? { outcome: 'unchecked', ...waiting, mend: silent }
      : lag < muchLag
        ? { outcome: 'ok', ...waiting }
        : {
            outcome: 'warning',
            ...waiting,
            mend: 'ingesters are slower than what comes, or the storage was away: watch whether it falls (docs/sizing.md)',
          },
  ];
}
