import { ATTR_SERVICE_INSTANCE_ID, ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import type { HostProcess } from '../core/hostProcess.ts';
import type { ProcessResource } from '../core/processResource.ts';
import type { Instance } from './instance.ts';

const ENVIRONMENT_NAMES = ['deployment.environment.name', 'deployment.environment'];

/** Which replica this is: what the resource of its traces says, else what is known of the process. */
export function instanceOf(
  { hostName, pid, wallMillis }: Pick<HostProcess, 'hostName' | 'pid' | 'wallMillis'>,
  resource: ProcessResource | undefined,
  release: string | undefined,
): Instance {
  const textOf = (name: string): string | undefined => {
    const value = resource?.attributes[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const version = release ?? textOf(ATTR_SERVICE_VERSION);
  const environment = ENVIRONMENT_NAMES.map(textOf).find((value) => value !== undefined);
  return {
    id: textOf(ATTR_SERVICE_INSTANCE_ID) ?? `${hostName}-${pid}`,
    service: textOf(ATTR_SERVICE_NAME) ?? 'this application',
    ...(version !== undefined && { version }),
    ...(environment !== undefined && { environment }),
    hostName,
    pid,
    sinceMillis: Math.round(wallMillis()),
  };
}
