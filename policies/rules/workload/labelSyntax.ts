import { entries, field, fieldAt, isPresent, pairs, shown } from '../../kubernetes/fields.ts';
import { objectRule, type Problem } from '../../rule.ts';
import { manifest } from '../exampleYaml.ts';
import { podMetadataPath } from './podField.ts';

/** Where metadata stand beside those of the object and of its pods. */
const jobMetadata = ['spec', 'jobTemplate', 'metadata'];
const claimTemplates = ['spec', 'volumeClaimTemplates'];

const name = /^[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/;
const domain = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

const labelled = (version: string): string =>
  manifest('v1', 'ConfigMap', 'shop', 'data: {}').replace(
    'namespace: shop',
    `namespace: shop, labels: { version: ${version} }`,
  );

/** Labels and annotations are texts that the API server takes. */
export const labelSyntax = objectRule({
  name: 'label-syntax',
  asks: 'Labels and annotations are such that the API server takes them.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'The API server refuses the object. In YAML, a version such as 1.0 and a word such as true are no texts unless they stand in quotes.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  passes: labelled('"1.0"'),
  fails: labelled('1.0'),
  *check({ body, workload }) {
    yield* metadataProblems(fieldAt(body, 'metadata'), 'metadata');
    if (workload === undefined || workload.kind === 'Pod') return;
    yield* metadataProblems(workload.metadata, podMetadataPath(workload.podPath));
    if (workload.kind === 'CronJob') yield* metadataProblems(fieldAt(body, ...jobMetadata), jobMetadata.join('.'));
    if (workload.kind !== 'StatefulSet') return;
    for (const [index, claim] of entries(fieldAt(body, ...claimTemplates)).entries())
      yield* metadataProblems(field(claim, 'metadata'), `${claimTemplates.join('.')}[${index}].metadata`);
  },
});

function* metadataProblems(metadata: unknown, path: string): Iterable<Problem> {
  for (const [label, value] of pairs(fieldAt(metadata, 'labels'))) {
    yield* nameProblems(label, `${path}.labels`);
    // The API server takes null for the empty text.
    if (!isPresent(value) || value === '' || (typeof value === 'string' && name.test(value))) continue;
    const allowed =
      'it must be a text of up to 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends';
    yield { path: `${path}.labels["${label}"]`, problem: `is ${shown(value)}: ${allowed}`, fix: fixOf(label, value) };
  }
  for (const [annotation, value] of pairs(fieldAt(metadata, 'annotations'))) {
    // The API server takes capitals in the domain of an annotation, and not in that of a label.
    yield* nameProblems(annotation, `${path}.annotations`, annotation.toLowerCase());
    if (!isPresent(value) || typeof value === 'string') continue;
    yield {
      path: `${path}.annotations["${annotation}"]`,
      problem: `is ${shown(value)}: it must be a text`,
      fix: fixOf(annotation, value),
    };
  }
}

function fixOf(label: string, value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean'
    ? `"${label}": "${value}", in quotes`
    : `another value of "${label}"`;
}

function* nameProblems(label: string, path: string, compared = label): Iterable<Problem> {
  const slash = label.indexOf('/');
  const prefix = compared.slice(0, Math.max(slash, 0));
  const isDomain = slash === -1 || (prefix.length <= 253 && domain.test(prefix));
  if (isDomain && name.test(label.slice(slash + 1))) return;
  yield {
    path,
    problem: `has the name ${shown(label)}: a name must be up to 63 letters, digits, "-", "_" and ".", after a domain and "/" or without one`,
    fix: 'another name, such as "example.com/tier"',
  };
}
