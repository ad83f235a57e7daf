import type { AlertGroup } from './alertRule.ts';
import { agentAlerts } from './alerts/agent.ts';
import { applicationAlerts } from './alerts/applications.ts';
import { collectorAlerts } from './alerts/collector.ts';
import { queryAlerts } from './alerts/query.ts';
import { scrapingAlerts } from './alerts/scraping.ts';
import { storageAlerts } from './alerts/storage.ts';
import { streamingAlerts } from './alerts/streaming.ts';
import type { MonitoredStack } from './monitoredStack.ts';

/** Every alert of a stack. Those of Jaeger and its storage are of the stack's namespaces alone. */
export function alertGroups(stack: MonitoredStack): readonly AlertGroup[] {
  return [
    scrapingAlerts(stack),
    agentAlerts(stack),
    collectorAlerts(stack),
    queryAlerts(stack),
    storageAlerts(stack),
    ...(stack.streaming ? [streamingAlerts(stack, stack.streaming)] : []),
    applicationAlerts(),
  ];
}
