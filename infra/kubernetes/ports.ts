import type { types } from '@pulumi/kubernetes';

/** A port of a container and of the Service before it. */
export interface NamedPort {
  /** At most 15 letters. */
  readonly name: string;
  readonly number: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** Ports as a container declares them. */
export function containerPorts(ports: readonly NamedPort[]): types.input.core.v1.ContainerPort[] {
  return ports.map(({ name, number, protocol }) => ({ name, containerPort: number, protocol }));
}

/** Ports as a container declares them that listens on its node's address too. */
export function hostContainerPorts(ports: readonly NamedPort[]): types.input.core.v1.ContainerPort[] {
  return ports.map(({ name, number, protocol }) => ({ name, containerPort: number, hostPort: number, protocol }));
}

/** Ports as a Service offers them, each led to the container's port of the same name. */
export function servicePorts(ports: readonly NamedPort[]): types.input.core.v1.ServicePort[] {
  return ports.map(({ name, number, protocol }) => ({ name, port: number, targetPort: name, protocol }));
}
