import type { ExporterConfig } from './exporterConfig.ts';

/**
 * Where spans go, for a person: `the Jaeger agent at localhost:6832`, or an URL without user info, query and fragment,
 * where secrets may stand.
 */
export function describeDestination(config: ExporterConfig): string {
  if ('url' in config) return printableUrl(config.url);
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return `the Jaeger agent at ${host}:${config.port}`;
}

function printableUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
