import { entries, field, number, text } from './fields.ts';
import type { Workload } from './workloads.ts';

/** A port that a container declares. */
export interface PodPort {
  /** Empty where it has none. */
  readonly name: string;
  readonly number: number | undefined;
  readonly protocol: string;
  readonly container: string;
  /** Where it stands, from its object. */
  readonly path: string;
}

/** A port of a Service, with the defaults that the API server fills in. */
export interface ServicePort {
  /** Empty where it has none. */
  readonly name: string;
  readonly number: number | undefined;
  readonly protocol: string;
  /** A number, or the name of a port of the pods; `undefined` for what is neither. */
  readonly target: number | string | undefined;
  /** Whether the target is written down, and not the port's own number. */
  readonly hasTarget: boolean;
  /** Where it stands: `spec.ports[0]`. */
  readonly path: string;
}

/** The ports of pods, of the containers that run as long as their pod: those that traffic can be led to. @throws UnknownFieldError */
export function podPorts({ containers }: Workload): readonly PodPort[] {
  return containers
    .filter(({ role }) => role === 'main' || role === 'sidecar')
    .flatMap(({ spec, path, name: container }) =>
      entries(field(spec, 'ports')).map((port, index) => ({
        name: text(field(port, 'name')) ?? '',
        number: number(field(port, 'containerPort')),
        protocol: protocolOf(port),
        container,
        path: `${path}.ports[${index}]`,
      })),
    );
}

/** The ports of a Service. @throws UnknownFieldError */
export function servicePorts(service: unknown): readonly ServicePort[] {
  return entries(field(field(service, 'spec'), 'ports')).map((port, index) => {
    const target = field(port, 'targetPort');
    const own = number(field(port, 'port'));
    // The API server takes 0 and the empty text for nothing.
    const hasTarget = target !== undefined && target !== null && target !== 0 && target !== '';
    return {
      name: text(field(port, 'name')) ?? '',
      number: own,
      protocol: protocolOf(port),
      target: hasTarget ? (number(target) ?? text(target)) : own,
      hasTarget,
      path: `spec.ports[${index}]`,
    };
  });
}

/** The ports of pods that a Service's port leads to; a named one may be several. */
export function targetedPorts({ target, protocol }: ServicePort, ports: readonly PodPort[]): readonly PodPort[] {
  return ports.filter(
    (port) => port.protocol === protocol && (typeof target === 'string' ? port.name : port.number) === target,
  );
}

/** The transport protocol of a port; TCP where none is written. @throws UnknownFieldError */
export function protocolOf(port: unknown): string {
  const protocol = text(field(port, 'protocol')) ?? '';
  return protocol === '' ? 'TCP' : protocol;
}
