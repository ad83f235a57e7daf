import type { KubernetesObject } from '../../kubernetes/object.ts';
import { podPorts, type PodPort } from '../../kubernetes/ports.ts';
import type { JaegerContainer, JaegerRole } from './jaegerContainers.ts';

/** Where health, metrics and profiles are (Jaeger 1.50, `ports/ports.go`); the jobs have no such port. */
const defaults: Readonly<Partial<Record<JaegerRole, number>>> = {
  collector: 14269,
  'all-in-one': 14269,
  query: 16687,
  agent: 14271,
  ingester: 14270,
};

/** The admin ports of the pods of a set. */
export class AdminPorts {
  readonly #byObject = new Map<KubernetesObject, PodPort[]>();

  /** @throws UnknownFieldError */
  add({ role, settings, object, workload, container }: JaegerContainer): void {
    const address = settings.get('ADMIN_HTTP_HOST_PORT')?.value ?? '';
    const number = Number(/:(\d+)$/.exec(address)?.[1] ?? defaults[role]);
    if (!Number.isInteger(number)) return;
    const declared = podPorts(workload).find((port) => port.number === number && port.protocol === 'TCP');
    const { name, path } = container;
    const port = declared ?? { name: '', number, protocol: 'TCP', container: name, path };
    this.#byObject.set(object, [...this.of(object), port]);
  }

  /** Those of the pods that an object makes. */
  of(object: KubernetesObject): readonly PodPort[] {
    return this.#byObject.get(object) ?? [];
  }

  /** The objects whose pods have some. */
  get objects(): readonly KubernetesObject[] {
    return [...this.#byObject.keys()];
  }
}
