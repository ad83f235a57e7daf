import type { ExporterJaegerHttpConfig, ExporterJaegerUdpConfig } from '../../export/exporterConfig.ts';
import type { ConfigurationReader } from './configurationReader.ts';
import { readAgentOfExporterJaeger } from './readAgent.ts';
import { jaegerEndpointVariable, readCollector } from './readCollector.ts';
import { COLLECTOR_TOKEN, EXPORTER } from '../settings/exporterSettings.ts';

const RIVAL = 'OTEL_EXPORTER_JAEGER_ENDPOINT';

/** What OpenTelemetry's own Jaeger exporter is given: the agent, or the collector where something says so. */
export function readExporterJaeger(reader: ConfigurationReader): ExporterJaegerUdpConfig | ExporterJaegerHttpConfig {
  const { collectorUrl, agent } = reader.sources.options;
  if (collectorUrl !== undefined) return readOverHttp(reader);
  if (agent === undefined && jaegerEndpointVariable(reader) !== undefined) return readOverHttp(reader);
  refuseRival(reader);
  return readAgentOfExporterJaeger(reader);
}

/** exporter-jaeger reads this variable behind our back, and then ignores the agent that it was given. */
function refuseRival(reader: ConfigurationReader): void {
  const given = reader.sources.environment[RIVAL] ?? '';
  if (given.trim() === '') return;
  reader.refuse(
    EXPORTER,
    { given, source: RIVAL },
    {
      allowed: `${RIVAL} unset, or another exporter: with it, exporter-jaeger ignores the agent`,
      remedy: 'set the exporter to jaeger-agent, which sends to the agent of the options',
    },
  );
}

function readOverHttp(reader: ConfigurationReader): ExporterJaegerHttpConfig {
  const { url, credentials } = readCollector(reader);
  const address = { kind: 'exporter-jaeger', transport: 'http', url } as const;
  if (credentials === undefined) return address;
  if ('username' in credentials) return { ...address, credentials };
  const token = reader.peek(COLLECTOR_TOKEN);
  if (token !== undefined)
    reader.refuse(COLLECTOR_TOKEN, token, {
      allowed: 'a user name and a password: exporter-jaeger knows no tokens',
      remedy: 'set the exporter to jaeger-http',
    });
  return address;
}
