import type { ExporterConfig } from '../../export/exporterConfig.ts';
import type { ConfigurationReader } from './configurationReader.ts';
import { maskedWhenShown } from './maskedWhenShown.ts';
import { readAgent } from './readAgent.ts';
import { readCollector } from './readCollector.ts';
import { readExporterJaeger } from './readExporterJaeger.ts';
import { readExporterKind } from './readExporterKind.ts';
import { readOtlp } from './readOtlp.ts';

/** Where spans go and how; `undefined` where they go nowhere. */
export function readExporter(reader: ConfigurationReader): ExporterConfig | undefined {
  const exporter = readOfKind(reader, readExporterKind(reader));
  return exporter && maskedWhenShown(exporter);
}

function readOfKind(
  reader: ConfigurationReader,
  kind: ReturnType<typeof readExporterKind>,
): ExporterConfig | undefined {
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
