import * as models from '@kubernetes/client-node';
import fc from 'fast-check';
import { customKinds, otherKinds, workloadKinds, type GeneratedKind } from './kubernetesKinds.ts';
import {
  anyEnvironmentNames,
  anyLabels,
  anyNames,
  anyPercentages,
  mappingsOfField,
  prototypeNames,
  textsOfField,
} from './kubernetesWords.ts';

/** The body of an object of Kubernetes. */
export type Body = Readonly<Record<string, unknown>>;

/** How the client describes a field. */
interface Attribute {
  readonly baseName: string;
  readonly type: string;
  readonly format: string;
}

/** How deep fields stand below each other at most. Containers of a CronJob stand 6 deep, what selects nodes 12. */
const deepest = 14;

// What most rules look at is there more often than not; all the rest would make objects of thousands of fields.
const frequent = new Set([
  ...[
    'metadata',
    'spec',
    'template',
    'jobTemplate',
    'containers',
    'initContainers',
    'name',
    'namespace',
    'labels',
    'image',
  ],
  ...[
    'selector',
    'matchLabels',
    'ports',
    'port',
    'containerPort',
    'resources',
    'limits',
    'requests',
    'securityContext',
  ],
  ...[
    'data',
    'rules',
    'subjects',
    'roleRef',
    'podSelector',
    'ingress',
    'egress',
    'from',
    'to',
    'http',
    'paths',
    'backend',
  ],
  ...['service', 'scaleTargetRef', 'kind', 'env', 'volumes', 'volumeMounts', 'args', 'replicas', 'schedule', 'verbs'],
  ...[
    'readinessProbe',
    'livenessProbe',
    'startupProbe',
    'httpGet',
    'minAvailable',
    'matchExpressions',
    'key',
    'operator',
  ],
]);
// The server's to fill in: no rule may read it.
const left = new Set(['status', 'managedFields']);

const absent = Symbol('absent');
const known = new Map<string, fc.Arbitrary<unknown>>();

/** An object of a kind with any of the fields that the API has for it, each as the API takes it. */
export function anyObjectOf({ apiVersion, kind, model }: GeneratedKind): fc.Arbitrary<Body> {
  const content = model === undefined ? anyCustomContent : modelArbitrary(model, 0);
  return content.map((fields) => ({ ...(Object(fields) as Body), apiVersion, kind }));
}

const anyText = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...anyNames) },
  { weight: 1, arbitrary: fc.constantFrom('', '$(HOST)', '*', '8080', 'a'.repeat(300), ...prototypeNames) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
);
const anyPort = fc.constantFrom(0, 1, 80, 443, 8080, 14250, 14269, 14271, 16687, 65535);
const anyNumber = fc.oneof(fc.constantFrom(0, 1, 2, 3, 10, 30, 300), fc.integer({ min: -5, max: 2 ** 31 - 1 }));
const anyMoment = fc.constantFrom('2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000001Z');
const anyLabelMapping = mappingOf(anyLabels, ['shop', 'db', 'web', '1.4.2', '']);

const anyCustomContent: fc.Arbitrary<unknown> = fc.record(
  {
    metadata: reference('V1ObjectMeta'),
    spec: fc.record(
      {
        selector: reference('V1LabelSelector'),
        namespaceSelector: fc.record(
          { any: fc.boolean(), matchNames: fc.array(fc.constantFrom('shop', 'tracing')) },
          { requiredKeys: [] },
        ),
        endpoints: fc.array(anyEndpoint(), { maxLength: 3 }),
        podMetricsEndpoints: fc.array(anyEndpoint(), { maxLength: 3 }),
        strategy: fc.constantFrom('production', 'allInOne'),
        scaleTargetRef: fc.record({ name: anyText, kind: anyText, apiVersion: anyText }, { requiredKeys: ['name'] }),
        minReplicaCount: anyNumber,
        template: reference('V1PodTemplateSpec'),
      },
      { requiredKeys: ['selector'] },
    ),
  },
  { requiredKeys: ['spec'] },
);

/** An object of any kind that a rule knows; those that make pods as often as all others. */
export const anyObject: fc.Arbitrary<Body> = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(...workloadKinds.map(anyObjectOf)) },
  { weight: 4, arbitrary: fc.oneof(...otherKinds.map(anyObjectOf)) },
  { weight: 1, arbitrary: fc.oneof(...customKinds.map(anyObjectOf)) },
);

function anyEndpoint(): fc.Arbitrary<unknown> {
  const port = fc.oneof(anyText, anyPort);
  return fc.record(
    { port: anyText, targetPort: port, portNumber: anyPort, path: anyText, interval: anyText },
    { requiredKeys: [] },
  );
}

/** What the class of a name describes, made once it is needed: a class may stand in itself. */
function reference(type: string, depth = 1): fc.Arbitrary<unknown> {
  return fc.constant(undefined).chain(() => modelArbitrary(type, depth));
}

function modelArbitrary(type: string, depth: number): fc.Arbitrary<unknown> {
  const key = `${type} ${depth}`;
  const found = known.get(key) ?? newModelArbitrary(type, depth);
  known.set(key, found);
  return found;
}

function newModelArbitrary(type: string, depth: number): fc.Arbitrary<unknown> {
  const attributes = attributesOf(type).filter(
    ({ baseName }) => !left.has(baseName) && (depth > 0 || !['apiVersion', 'kind'].includes(baseName)),
  );
  const fields = Object.fromEntries(
    attributes.map((attribute) => [attribute.baseName, perhaps(attribute, fieldArbitrary(type, attribute, depth))]),
  );
  return fc
    .record(fields)
    .map((content) => Object.fromEntries(Object.entries(content).filter(([, value]) => value !== absent)));
}

function perhaps({ baseName }: Attribute, arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const [there, away] = frequent.has(baseName) ? [12, 1] : [1, 3];
  return fc.oneof({ weight: away, arbitrary: fc.constant(absent) }, { weight: there, arbitrary });
}

function attributesOf(type: string): readonly Attribute[] {
  const model: unknown = Reflect.get(models, type);
  const read: unknown = typeof model === 'function' ? Reflect.get(model, 'getAttributeTypeMap') : undefined;
  if (typeof read !== 'function') throw new Error(`@kubernetes/client-node has no class ${type}`);
  return Reflect.apply(read, model, []) as readonly Attribute[];
}

function fieldArbitrary(owner: string, attribute: Attribute, depth: number): fc.Arbitrary<unknown> {
  const { baseName, type } = attribute;
  const element = /^Array<(.*)>$/.exec(type)?.[1];
  if (element !== undefined)
    return fc.array(fieldArbitrary(owner, { ...attribute, type: element }, depth), { maxLength: depth < 4 ? 3 : 2 });
  const value = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
  if (value === 'string') return mappingOfField(baseName);
  if (value !== undefined)
    return fc.dictionary(anyText, fieldArbitrary(owner, { ...attribute, type: value }, depth), { maxKeys: 2 });
  return plainArbitrary(owner, attribute) ?? (depth < deepest ? modelArbitrary(type, depth + 1) : fc.constant({}));
}

function plainArbitrary(owner: string, { baseName, type }: Attribute): fc.Arbitrary<unknown> | undefined {
  switch (type) {
    case 'string':
      return owner === 'V1EnvVar' && baseName === 'name'
        ? fc.constantFrom(...anyEnvironmentNames)
        : textOfField(baseName);
    case 'number':
      return /port$/i.test(baseName) ? anyPort : anyNumber;
    case 'boolean':
      return fc.boolean();
    case 'Date':
    case 'V1MicroTime':
      return anyMoment;
    case 'IntOrString':
      return fc.oneof(anyPort, fc.constantFrom(...anyPercentages), anyText);
    case 'any':
      return fc.jsonValue({ maxDepth: 2 });
    default:
      return undefined;
  }
}

function textOfField(name: string): fc.Arbitrary<string> {
  const words = textsOfField.get(name);
  if (words === undefined) return anyText;
  return fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: anyText });
}

function mappingOfField(name: string): fc.Arbitrary<unknown> {
  const [names, values] = mappingsOfField.get(name) ?? [];
  return names === undefined || values === undefined ? anyLabelMapping : mappingOf(names, values);
}

function mappingOf(
  names: readonly string[],
  values: readonly string[],
): fc.Arbitrary<Readonly<Record<string, string>>> {
  const oneOf = (words: readonly string[]): fc.Arbitrary<string> =>
    fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: anyText });
  return fc.dictionary(oneOf(names), oneOf(values), { maxKeys: 3, noNullPrototype: true });
}
