import { entries, field, text } from '../../kubernetes/fields.ts';
import { protocolOf } from '../../kubernetes/ports.ts';

/** A port that a container declares. */
export interface ContainerPort {
  /** Where it stands in the container: `ports[0]`. */
  readonly path: string;
  /** As it is declared; `undefined` for none. */
  readonly name: string | undefined;
  /** The `containerPort` as it is declared. */
  readonly number: unknown;
  /** TCP where none is declared, or something that is none. */
  readonly protocol: string;
  /** The port as it was declared. */
  readonly spec: unknown;
}

/** The highest number of a port. */
export const highestPort = 65_535;

/** The ports that a container declares. @throws UnknownFieldError */
export function portsOf(container: unknown): readonly ContainerPort[] {
  return entries(field(container, 'ports')).map((spec, index) => ({
    path: `ports[${index}]`,
    name: text(field(spec, 'name')),
    number: field(spec, 'containerPort'),
    protocol: protocolOf(spec),
    spec,
  }));
}

/** Whether a value is the number of a port: 1 to 65535. */
export function isPortNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= highestPort;
}
