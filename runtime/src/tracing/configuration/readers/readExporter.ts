import type { ExporterConfig } from '../../export/exporterConfig.ts';
import { type ConfigurationReader, DEFAULT } from './configurationReader.ts';
import { maskedWhenShown } from './maskedWhenShown.ts';
import { readAgent } from './readAgent.ts';
import { jaegerEndpointVariable, readCollector } from './readCollector.ts';
import { readExporterJaeger } from './readExporterJaeger.ts';
import { readOtlp } from './readOtlp.ts';
import { EXPORTER, OTLP_PROTOCOL } from '../settings/exporterSettings.ts';

type Kind = ExporterConfig['kind'] | 'none';

/** Where spans go and how; `undefined` where they go nowhere. */
export function readExporter(reader: ConfigurationReader): ExporterConfig | undefined {
  const exporter = readOfKind(reader, readKind(reader));
  return exporter && maskedWhenShown(exporter);
}

function readOfKind(reader: ConfigurationReader, kind: Kind): ExporterConfig | undefined {
  switch (kind) {
    case 'none':
      return undefined;
    case 'jaeger-agent':
      return readAgent(reader);
    case 'jaeger-http':
      return readCollector(reader);
    case 'otlp-http':
    case 'otlp-grpc':
      return readOtlp(reader, kind);
    case 'exporter-jaeger':
      return readExporterJaeger(reader);
  }
}

function readKind(reader: ConfigurationReader): Kind {
  const found = reader.peek(EXPORTER);
  const { kind, also } = resolved(reader, found?.value ?? EXPORTER.fallback, found?.source);
  reader.note(EXPORTER, kind, [found?.source ?? DEFAULT, ...also].join(', '));
  return kind;
}

/** What a name stands for, and the variables that decided it. */
function resolved(
  reader: ConfigurationReader,
  name: Kind | 'otlp' | 'jaeger',
  source: string | undefined,
): { readonly kind: Kind; readonly also: readonly string[] } {
  if (name === 'otlp') {
    // By our own name for it, `otlp` has always been HTTP.
    const protocol = source === 'OTEL_TRACES_EXPORTER' ? reader.peek(OTLP_PROTOCOL) : undefined;
    return { kind: protocol?.value ?? OTLP_PROTOCOL.fallback, also: protocol === undefined ? [] : [protocol.source] };
  }
  if (name !== 'jaeger') return { kind: name, also: [] };
  const endpoint = jaegerEndpointVariable(reader);
  return endpoint === undefined ? { kind: 'jaeger-agent', also: [] } : { kind: 'jaeger-http', also: [endpoint] };
}
