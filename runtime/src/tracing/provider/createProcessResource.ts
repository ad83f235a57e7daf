import { defaultResource, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import type { HostProcess } from '../../core/hostProcess.ts';
import type { TracingConfig } from '../configuration/tracingConfig.ts';

/** What the process is: its host and number, unless the configuration says otherwise, and the service. */
export function createProcessResource(
  { serviceName, resourceAttributes }: Pick<TracingConfig, 'serviceName' | 'resourceAttributes'>,
  { hostName, pid }: Pick<HostProcess, 'hostName' | 'pid'>,
): Resource {
  const process = { 'host.name': hostName, 'process.pid': pid };
  const attributes = { ...process, ...resourceAttributes, [ATTR_SERVICE_NAME]: serviceName };
  return defaultResource().merge(resourceFromAttributes(attributes));
}
