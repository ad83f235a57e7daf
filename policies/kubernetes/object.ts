import { entries, field, fieldAt, text, texts } from './fields.ts';
import { workloadOf, type Workload } from './workloads.ts';

/** Where an object was found. */
export type ObjectSource =
  | { readonly urn: string }
  | { readonly file: string; /** The first line of its document, from 1. */ readonly line: number };

/** What a Kubernetes object is declared as, before any server has filled in defaults. */
export class KubernetesObject {
  /** `apps/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** The whole of it, of a shape that nobody has checked. */
  readonly body: unknown;
  readonly source: ObjectSource;
  readonly #fallbackName: string;
  #workload: Workload | undefined | null = null;

  /** @param fallbackName - What it is called where its own name is not known yet. */
  constructor(apiVersion: string, kind: string, body: unknown, source: ObjectSource, fallbackName: string) {
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.body = body;
    this.source = source;
    this.#fallbackName = fallbackName;
  }

  /** Its name; what its program calls it, where only the cluster knows. */
  get name(): string {
    return this.#metadata('name') ?? this.#fallbackName;
  }

  /** Its namespace; the empty text where none is written, for an object of the cluster or of whatever namespace is used. */
  get namespace(): string {
    return this.#metadata('namespace') ?? '';
  }

  /** `Deployment/tracing/jaeger-query`: kind, namespace where it has one, name. What exemptions match. */
  get identity(): string {
    return [this.kind, this.namespace, this.name].filter((part) => part !== '').join('/');
  }

  /** @throws UnknownFieldError */
  get labels(): Readonly<Record<string, string>> {
    return texts(fieldAt(this.body, 'metadata', 'labels'));
  }

  /** @throws UnknownFieldError */
  get annotations(): Readonly<Record<string, string>> {
    return texts(fieldAt(this.body, 'metadata', 'annotations'));
  }

  /** The pods that it makes; `undefined` for an object that makes none. @throws UnknownFieldError */
  get workload(): Workload | undefined {
    if (this.#workload === null) this.#workload = workloadOf(this.kind, this.#group, this.body);
    return this.#workload;
  }

  /** Whether it is of a kind, of any version of an API group; the group of core objects is the empty text. */
  is(kind: string, group: string): boolean {
    return this.kind === kind && this.#group === group;
  }

  get #group(): string {
    const slash = this.apiVersion.indexOf('/');
    return slash === -1 ? '' : this.apiVersion.slice(0, slash);
  }

  /** A name that cannot be read is no reason to hide the object: it goes by its other one. */
  #metadata(name: string): string | undefined {
    try {
      return text(fieldAt(this.body, 'metadata', name));
    } catch {
      return undefined;
    }
  }
}

/**
 * The objects that a manifest declares: itself, or the entries of a list of any kind (`List`, `DeploymentList`). None for what has
 * no kind.
 */
export function objectsOf(body: unknown, source: ObjectSource, fallbackName: string): readonly KubernetesObject[] {
  const apiVersion = text(field(body, 'apiVersion')) ?? '';
  const kind = text(field(body, 'kind')) ?? '';
  if (kind === '') return [];
  const items = field(body, 'items');
  if (!kind.endsWith('List') || !Array.isArray(items))
    return [new KubernetesObject(apiVersion, kind, body, source, fallbackName)];
  const itemKind = kind.slice(0, -'List'.length);
  return entries(items).flatMap((item, index) =>
    objectsOf(typed(item, apiVersion, itemKind), source, `${fallbackName}[${index}]`),
  );
}

/** The API server does not repeat kind and version in the entries of a typed list. */
function typed(item: unknown, apiVersion: string, kind: string): unknown {
  if (typeof item !== 'object' || item === null || field(item, 'kind') !== undefined) return item;
  return { apiVersion, kind, ...item };
}
