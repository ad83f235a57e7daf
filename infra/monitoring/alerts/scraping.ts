import type { AlertGroup } from '../alertRule.ts';
import {
  namespaceOf,
  scrapedComponents,
  type MonitoredStack,
  type ScrapedComponent,
  workloadOf,
} from '../monitoredStack.ts';
import { inNamespace, podsOf } from '../promql.ts';

/** Alerts of the watching itself, and of what is the same for every component. */
export function scrapingAlerts(stack: MonitoredStack): AlertGroup {
  const up = `up{${anyPodOf(stack)}}`;
  return {
    name: 'tracewright-scraping',
    rules: [
      {
        name: 'TracewrightWatchdog',
        severity: 'none',
        expr: inNamespace('vector(1)', stack.namespace),
        forMinutes: 0,
        summary: 'Alerts get through.',
        description:
          'This alert is always there: Prometheus evaluates the rules of the stack in namespace {{ $labels.namespace }}, and Alertmanager gets what they say. Have something outside the cluster notice when it is not.',
      },
      {
        name: 'JaegerTargetDown',
        severity: 'warning',
        expr: `${up} == 0`,
        forMinutes: 10,
        summary: 'A pod of the stack does not answer scrapes.',
        description:
          'Pod {{ $labels.pod }} in namespace {{ $labels.namespace }} has not answered a scrape for 10 minutes. What else is wrong with it is not known meanwhile.',
      },
      {
        name: 'JaegerScrapeGaps',
        severity: 'warning',
        expr: `changes(${up}[15m]) > 4`,
        forMinutes: 5,
        summary: 'A pod of the stack answers some scrapes and others not.',
        description:
          'Pod {{ $labels.pod }} in namespace {{ $labels.namespace }} stopped or began to answer scrapes {{ $value }} times in 15 minutes: other alerts of it cannot be relied on.',
      },
      {
        name: 'JaegerMemoryNearLimit',
        severity: 'warning',
        expr: memoryShares(stack).join(' or '),
        // Long enough for scrapes to meet a heap that has just been collected, whose peaks say nothing.
        forMinutes: 20,
        summary: 'A pod of Jaeger is near the end of its memory.',
        description:
          'Pod {{ $labels.pod }} in namespace {{ $labels.namespace }} holds {{ $value | humanizePercentage }} of the memory that its container may have, and cannot let go of it. At the limit it is killed, with the spans in it.',
      },
    ],
  };
}

function anyPodOf(stack: MonitoredStack): string {
  const components = scrapedComponents(stack);
  const namespaces = [...new Set(components.map((component) => namespaceOf(component, stack)))];
  return `namespace=~"${namespaces.join('|')}",pod=~"(${components.map(workloadOf).join('|')})-.+"`;
}

/**
 * Only the configuration knows the limits: Jaeger does not show them, and not every Prometheus asks those who do. Not of
 * resident memory: Go lets a heap grow up to its limit (`GOMEMLIMIT`, nine tenths of the container's) before it collects.
 */
function memoryShares(stack: MonitoredStack): string[] {
  return Object.entries(stack.memoryLimitMebibytes).map(([component, mebibytes]) => {
    const heap = `go_memstats_heap_alloc_bytes{${podsOf(component as ScrapedComponent, stack)}}`;
    return `${heap} / ${mebibytes * 1024 * 1024} > 0.7`;
  });
}
