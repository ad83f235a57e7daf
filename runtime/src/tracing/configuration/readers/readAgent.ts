import type { ExporterJaegerUdpConfig, JaegerAgentConfig } from '../../export/exporterConfig.ts';
import { type ConfigurationReader, DEFAULT, type Found } from './configurationReader.ts';
import { AGENT_HOST, AGENT_MAX_PACKET_BYTES, AGENT_PORT, AGENT_PROTOCOL } from '../settings/exporterSettings.ts';
import { isIpv6Address } from '../kinds/urlKinds.ts';

type Protocol = JaegerAgentConfig['protocol'];
type Writer = (JaegerAgentConfig | ExporterJaegerUdpConfig)['kind'];

/** The port that Jaeger's agent takes each form of thrift at, by default: ports.go of Jaeger 1.x. */
const USUAL_PORT: Readonly<Record<Protocol, number>> = { binary: 6832, compact: 6831 };
const OUTPUT: Readonly<Record<Protocol, string>> = {
  binary: 'agent.thriftBinaryPort',
  compact: 'agent.thriftCompactPort',
};

/** Where the Jaeger agent is and what it is sent, by our own encoder. */
export function readAgent(reader: ConfigurationReader): JaegerAgentConfig {
  const protocol = reader.find(AGENT_PROTOCOL);
  return { kind: 'jaeger-agent', ...readAddress(reader, 'jaeger-agent', protocol?.value) };
}

/** Where the Jaeger agent is, for OpenTelemetry's own exporter: it writes the binary protocol, and over IPv4 only. */
export function readAgentOfExporterJaeger(reader: ConfigurationReader): ExporterJaegerUdpConfig {
  const wanted = reader.peek(AGENT_PROTOCOL);
  if (wanted?.value === 'compact')
    reader.refuse(AGENT_PROTOCOL, wanted, { allowed: 'binary: exporter-jaeger writes no other' });
  const { host, port, maxPacketBytes } = readAddress(reader, 'exporter-jaeger', 'binary');
  return { kind: 'exporter-jaeger', transport: 'udp', host, port, maxPacketBytes };
}

function readAddress(
  reader: ConfigurationReader,
  writer: Writer,
  wanted: Protocol | undefined,
): Omit<JaegerAgentConfig, 'kind'> {
  const host = readHost(reader, writer);
  const given = reader.find(AGENT_PORT, { outputs: [OUTPUT[wanted ?? 'binary']] });
  const protocol = wanted ?? usualProtocol(given);
  if (wanted === undefined) reader.note(AGENT_PROTOCOL, protocol, DEFAULT);
  if (given === undefined) reader.note(AGENT_PORT, USUAL_PORT[protocol], DEFAULT);
  else refuseOtherPort(reader, given, protocol, writer);
  const port = given?.value ?? USUAL_PORT[protocol];
  return { host, port, protocol, maxPacketBytes: reader.read(AGENT_MAX_PACKET_BYTES) };
}

function readHost(reader: ConfigurationReader, writer: Writer): string {
  const found = reader.find(AGENT_HOST);
  if (found === undefined) reader.note(AGENT_HOST, AGENT_HOST.fallback, DEFAULT);
  else if (writer === 'exporter-jaeger' && isIpv6Address(found.value))
    reader.refuse(AGENT_HOST, found, { allowed: 'a host name or an IPv4 address: exporter-jaeger knows no IPv6' });
  return found?.value ?? AGENT_HOST.fallback;
}

function usualProtocol(port: Found<number> | undefined): Protocol {
  return port !== undefined && !isOutput(port) && port.value === USUAL_PORT.compact ? 'compact' : 'binary';
}

/** A packet in the wrong form is lost without a word: the agent says nothing, and UDP tells nobody. */
function refuseOtherPort(reader: ConfigurationReader, port: Found<number>, protocol: Protocol, writer: Writer): void {
  const other = protocol === 'binary' ? 'compact' : 'binary';
  if (isOutput(port) || port.value !== USUAL_PORT[other]) return;
  const otherwise = writer === 'exporter-jaeger' ? 'the exporter to jaeger-agent' : `agent.protocol to ${other}`;
  reader.refuse(AGENT_PORT, port, {
    allowed: `the port of the ${protocol} thrift protocol, by default ${USUAL_PORT[protocol]}: ${port.value} takes the ${other} one`,
    remedy: `set the port to ${USUAL_PORT[protocol]}, or ${otherwise}`,
  });
}

function isOutput({ source }: Found<unknown>): boolean {
  return source.endsWith(OUTPUT.binary) || source.endsWith(OUTPUT.compact);
}
