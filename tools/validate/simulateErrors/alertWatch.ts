import { alertsData, askPrometheus } from '../checks/monitoring/askPrometheus.ts';
import { untilFound } from '../checks/runtime/exampleClient.ts';
import { exampleNamespace } from '../../up/example.ts';
import type { Scenario } from './scenarios.ts';

/** How far an alert has come. */
export type RaisedState = 'pending' | 'firing';

/** Where alerts are waited for. */
export interface AlertWatch {
  /** What evaluates the rules, in a few words. */
  readonly where: string;
  /** Waits until the alert of a scenario is raised; undefined when it is not in time. */
  readonly waitFor: (scenario: Scenario, signal: AbortSignal) => Promise<RaisedState | undefined>;
}

/** Alerts of a Prometheus. @param seconds - How long each is waited for. */
export function prometheusWatch(prometheus: URL, where: string, seconds: number): AlertWatch {
  return {
    where,
    waitFor: (scenario, signal) =>
      untilFound(
        async () => {
          const { alerts } = await askPrometheus({ prometheus }, 'api/v1/alerts', alertsData, signal);
          const own = alerts.filter(({ labels }) => isOf(labels, scenario));
          return own.some(({ state }) => state === 'firing') ? 'firing' : own.length > 0 ? 'pending' : undefined;
        },
        { seconds, signal },
      ),
  };
}

function isOf(labels: Readonly<Record<string, string>>, { alert, category, group }: Scenario): boolean {
  return (
    labels['alertname'] === alert &&
    labels['namespace'] === exampleNamespace &&
    labels['job'] === group.service &&
    labels['tracewright_error_category'] === category
  );
}
