import type { MonitoringNamespace } from './prometheus.ts';
import { secondsUntil } from './statusOf.ts';

/** Waits until Alertmanager has been told of an alert, which leads to its runbook. */
export async function fires(monitoring: MonitoringNamespace, name: string, limitSeconds = 60): Promise<void> {
  const look = async () => {
    const seen = await monitoring.alerts();
    const fired = seen.find(({ labels }) => labels['alertname'] === name);
    return { done: fired?.annotations['runbook_url']?.endsWith(`/${name}`) === true, seen };
  };
  await secondsUntil(`${name} fires`, look, limitSeconds);
}

/** Waits until Alertmanager has been told that an alert has ended. */
export async function ends(monitoring: MonitoringNamespace, name: string, limitSeconds = 120): Promise<void> {
  const look = async () => {
    const seen = await monitoring.alerts();
    return { done: seen.every(({ labels }) => labels['alertname'] !== name), seen };
  };
  await secondsUntil(`${name} has ended`, look, limitSeconds);
}
