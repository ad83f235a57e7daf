import { entries, field, fieldAt, isRecord, text } from '../../kubernetes/fields.ts';
import type { ObjectIndex } from '../../kubernetes/objectIndex.ts';

/** What a Jaeger process is told. */
export interface Setting {
  /** `undefined` for what the set does not show, such as the content of a Secret. Never to be put into a message. */
  readonly value: string | undefined;
  /** Where it stands, from the container: `env[3].value`. */
  readonly path: string;
}

/** Where variables of a container may come from. */
export interface VariableSources {
  /** The namespace of the pods. */
  readonly namespace: string;
  readonly configMaps: ObjectIndex;
  readonly secrets: ObjectIndex;
}

/** Flags that take no value of their own: the next argument is another one. */
const switchFlag = /(^|\.)(enabled|skip-host-verify|sniffer|use-aliases|use-ilm|archive|rollover|skip-dependencies)$/;

/**
 * The settings of a Jaeger container: flags, which win, and environment variables, literal or out of ConfigMaps of the set
 * (Jaeger 1.50, `pkg/config/config.go`). They are read when they are asked for.
 */
export class JaegerSettings {
  readonly #container: unknown;
  readonly #sources: VariableSources;
  #arguments: Arguments | undefined;

  constructor(container: unknown, sources: VariableSources) {
    this.#container = container;
    this.#sources = sources;
  }

  /**
   * A setting by the name of its environment variable: `ES_INDEX_PREFIX`.
   *
   * @returns `undefined` where it is not set; an empty variable is none to Jaeger.
   * @throws UnknownFieldError
   */
  get(name: string): Setting | undefined {
    const found = this.#flags.get(name) ?? this.#variable(name, 0);
    return found?.value === '' ? undefined : found;
  }

  /** What is given without a flag: `7` and the address, to the index cleaner. @throws UnknownFieldError */
  get positional(): readonly Setting[] {
    return this.#parsed.positional;
  }

  /** The key of a Secret that a variable is taken from by itself. @throws UnknownFieldError */
  secretKey(name: string): { readonly name: string; readonly key: string } | undefined {
    const reference = fieldAt(this.#entry(name)?.spec, 'valueFrom', 'secretKeyRef');
    const [secret, key] = [text(field(reference, 'name')), text(field(reference, 'key'))];
    return secret === undefined || key === undefined ? undefined : { name: secret, key };
  }

  get #flags(): ReadonlyMap<string, Setting> {
    return this.#parsed.flags;
  }

  get #parsed(): Arguments {
    this.#arguments ??= parsed(
      argumentsOf(this.#container).map(({ value, path }) => ({ value: this.#expanded(value, 0), path })),
    );
    return this.#arguments;
  }

  #entry(name: string): { readonly spec: unknown; readonly path: string } | undefined {
    const list = entries(field(this.#container, 'env')).map((spec, index) => ({ spec, path: `env[${index}]` }));
    return list.findLast(({ spec }) => field(spec, 'name') === name);
  }

  #variable(name: string, depth: number): Setting | undefined {
    const entry = this.#entry(name);
    if (entry === undefined) return this.#fromAll(name);
    const { spec, path } = entry;
    const source = field(spec, 'valueFrom');
    if (!isRecord(source))
      return { value: this.#expanded(text(field(spec, 'value')) ?? '', depth), path: `${path}.value` };
    return { value: this.#referred(source), path: `${path}.valueFrom` };
  }

  #referred(source: unknown): string | undefined {
    if (fieldAt(source, 'fieldRef', 'fieldPath') === 'metadata.namespace') return this.#sources.namespace || undefined;
    const reference = field(source, 'configMapKeyRef');
    const map = this.#sources.configMaps.find(this.#sources.namespace, text(field(reference, 'name')) ?? '');
    return text(fieldAt(map?.body, 'data', text(field(reference, 'key')) ?? ''));
  }

  /** Out of whole ConfigMaps and Secrets; of several with one name, the last counts. */
  #fromAll(name: string): Setting | undefined {
    const { namespace, configMaps, secrets } = this.#sources;
    let hidden: Setting | undefined;
    for (const [index, entry] of [...entries(field(this.#container, 'envFrom')).entries()].reverse()) {
      const prefix = text(field(entry, 'prefix')) ?? '';
      const path = `envFrom[${index}]`;
      if (!name.startsWith(prefix)) continue;
      const key = name.slice(prefix.length);
      const mapName = text(fieldAt(entry, 'configMapRef', 'name'));
      const map = mapName === undefined ? undefined : configMaps.find(namespace, mapName);
      const secret = secrets.find(namespace, text(fieldAt(entry, 'secretRef', 'name')) ?? '');
      const value = text(fieldAt(map?.body, 'data', key));
      if (value !== undefined) return { value, path };
      if (secret !== undefined && hasKey(secret.body, key)) return { value: undefined, path };
      if (map === undefined && secret === undefined) hidden ??= { value: undefined, path };
    }
    return hidden;
  }

  /** Kubernetes puts variables of the container into texts: `$(NAME)`. `undefined` where one of them cannot be read. */
  #expanded(value: string, depth: number): string | undefined {
    const unread: string[] = [];
    const expanded = value.replace(/\$\$|\$\(([A-Za-z_][\w.-]*)\)/g, (match: string, name?: string) => {
      if (name === undefined) return match.slice(1);
      // No text that anybody writes goes deeper.
      const found = depth > 5 ? undefined : this.#variable(name, depth + 1)?.value;
      if (found === undefined) unread.push(name);
      return found ?? match;
    });
    return unread.length === 0 ? expanded : undefined;
  }
}

interface Arguments {
  readonly flags: ReadonlyMap<string, Setting>;
  readonly positional: readonly Setting[];
}

/** What stands after the program's own name, which is the first of a command. */
function argumentsOf(container: unknown): readonly { readonly value: string; readonly path: string }[] {
  const listed = (name: string, first: number) =>
    entries(field(container, name))
      .map((value, index) => ({ value: text(value) ?? '', path: `${name}[${index}]` }))
      .slice(first);
  return [...listed('command', 1), ...listed('args', 0)];
}

function parsed(given: readonly Setting[]): Arguments {
  const flags = new Map<string, Setting>();
  const positional: Setting[] = [];
  for (let index = 0; index < given.length; index += 1) {
    const setting = given[index];
    const [, flag, value] = /^--([^=]+)(?:=([^]*))?$/.exec(setting?.value ?? '') ?? [];
    if (setting === undefined) continue;
    if (flag === undefined) positional.push(setting);
    else if (value !== undefined) flags.set(variableOf(flag), { ...setting, value });
    else {
      const next = given[index + 1];
      const takesNext = !switchFlag.test(flag) && next !== undefined && next.value?.startsWith('--') !== true;
      flags.set(variableOf(flag), takesNext ? next : { ...setting, value: 'true' });
      if (takesNext) index += 1;
    }
  }
  return { flags, positional };
}

/** The variable that means the same as a flag. */
function variableOf(flag: string): string {
  return flag.toUpperCase().replaceAll(/[.-]/g, '_');
}

function hasKey(secret: unknown, key: string): boolean {
  return ['data', 'stringData'].some((name) => {
    const values = field(secret, name);
    return isRecord(values) && Object.hasOwn(values, key);
  });
}
