import { adminPorts, oauth2ProxyPorts } from '../jaeger/ports.ts';
import type { NamedPort } from '../kubernetes/ports.ts';
import {
  namespaceOf,
  scrapedComponents,
  workloadOf,
  type MonitoredStack,
  type ScrapedComponent,
} from './monitoredStack.ts';

/** Pods that show metrics. */
export interface ScrapeTarget {
  /** Name of their workload, which is also in their label `app.kubernetes.io/name`. */
  readonly workload: string;
  readonly namespace: string;
  /** Port of the pods. It is in no Service, so that whoever scrapes asks the pods themselves. */
  readonly port: NamedPort;
}

/** Where metrics are, at each of these ports. */
export const metricsPath = '/metrics';

/**
 * Label of an application's pods that are to be scraped with a stack: the namespace of its Jaeger. They are asked at the ports that
 * are called {@link applicationMetricsPort}.
 */
export const metricsToLabel = 'tracewright.dev/metrics-to';

/** What the port of an application's pods is called that its metrics are on. */
export const applicationMetricsPort = 'metrics';

/** The label that has an application scraped by its component's name: that becomes the `job` of its series. */
export const jobLabel = 'app.kubernetes.io/name';

/** Everything of a stack that shows metrics. */
export function scrapeTargets(stack: MonitoredStack): readonly ScrapeTarget[] {
  return scrapedComponents(stack).map((component) => ({
    workload: workloadOf(component),
    namespace: namespaceOf(component, stack),
    port: metricsPortOf(component),
  }));
}

/** Annotations of a component's pods that say where their metrics are: a convention that many a Prometheus is configured by. */
export function scrapeAnnotations(component: ScrapedComponent): Readonly<Record<string, string>> {
  return {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': String(metricsPortOf(component).number),
    'prometheus.io/path': metricsPath,
  };
}

function metricsPortOf(component: ScrapedComponent): NamedPort {
  return component === 'oauth2Proxy' ? oauth2ProxyPorts.metrics : adminPorts[component];
}
