import * as z from 'zod';
import { NotCheckableError, type Deployment } from '../../deployment.ts';
import { unansweredReason } from '../../unansweredReason.ts';
import { parsedJson } from '../../../values/parsedJson.ts';

const answerMillis = 10_000;
const envelope = z.object({ status: z.literal('success'), data: z.unknown() });
const labels = z.record(z.string(), z.string());

/** `/api/v1/targets`. */
export const targetsData = z.object({
  activeTargets: z.array(z.object({ labels, scrapeUrl: z.string(), health: z.string(), lastError: z.string() })),
});

/** `/api/v1/rules`. */
export const rulesData = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.looseObject({
          name: z.string(),
          type: z.string(),
          query: z.string(),
          health: z.string(),
          lastError: z.string().optional(),
          duration: z.number().optional(),
        }),
      ),
    }),
  ),
});

/** `/api/v1/alerts`. */
export const alertsData = z.object({
  alerts: z.array(z.object({ labels, annotations: labels, state: z.string(), activeAt: z.string().optional() })),
});

/** `/api/v1/alertmanagers`. */
export const alertmanagersData = z.object({
  activeAlertmanagers: z.array(z.object({ url: z.string() })),
  droppedAlertmanagers: z.array(z.object({ url: z.string() })).optional(),
});

export type PrometheusTarget = z.infer<typeof targetsData>['activeTargets'][number];
export type LoadedRule = z.infer<typeof rulesData>['groups'][number]['rules'][number];
export type RaisedAlert = z.infer<typeof alertsData>['alerts'][number];

/**
 * Asks the Prometheus of `--prometheus`.
 *
 * @param path - Beneath its address, such as `api/v1/rules`.
 * @throws NotCheckableError where it does not answer, refuses, or is no Prometheus.
 */
export async function askPrometheus<Data extends z.ZodType>(
  { prometheus }: Pick<Deployment, 'prometheus'>,
  path: string,
  data: Data,
  signal: AbortSignal,
): Promise<z.output<Data>> {
  if (prometheus === undefined) throw new NotCheckableError('no Prometheus was named', 'name it by --prometheus URL');
  const url = new URL(path, prometheus);
  const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(answerMillis)]) }).catch(
    (cause: unknown) => {
      signal.throwIfAborted();
      throw new NotCheckableError(
        `${url.href} does not answer: ${unansweredReason(cause, answerMillis / 1000)}`,
        'see whether Prometheus runs and can be reached from here; `kubectl port-forward` leads to one in the cluster',
        cause,
      );
    },
  );
  const text = await answer.text();
  if (answer.status === 401 || answer.status === 403)
    throw new NotCheckableError(
      `${url.href} asks for a log-in (${answer.status})`,
      'name the address of Prometheus itself, such as of a port-forward, and not that of what guards it',
    );
  const said = envelope.safeParse(parsedJson(text));
  const read = said.success ? data.safeParse(said.data.data) : undefined;
  if (read?.success) return read.data;
  throw new NotCheckableError(
    `${url.href} answered ${answer.status}, and not as a Prometheus does`,
    '--prometheus names the address of a Prometheus of version 2.43 or later, up to what stands before /api',
  );
}
