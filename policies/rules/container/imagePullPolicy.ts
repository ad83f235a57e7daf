import { field, isPresent, shown, text } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { parseImageReference, type ImageReference } from './imageReference.ts';

interface Wishes {
  readonly always: boolean;
  readonly mutableTags: readonly string[];
}

/** Nodes ask the registry for what may have changed, and can get what they do not have. */
export const imagePullPolicy = objectRule({
  name: 'image-pull-policy',
  asks: 'An image with a tag that is moved has the pull policy Always, and none has Never.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'A node that has an old image of a moved tag runs on with it, beside nodes that have the new one. With Never, a pod starts only where the image happens to be.',
  link: 'https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy',
  parameters: {
    always: {
      type: 'boolean',
      description:
        'Whether every image must have the policy Always, so that the registry checks for each pod that it may have the image.',
      default: false,
    },
    mutableTags: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      description: 'Tags that are moved from version to version, as they are written.',
      default: ['latest'],
    },
  },
  passes: podWithContainer('image: registry.example/shop:latest', 'imagePullPolicy: Always'),
  fails: podWithContainer('image: registry.example/shop:latest', 'imagePullPolicy: IfNotPresent'),
  check: (object, wishes) => eachContainer(object, (container) => policyProblems(container, wishes)),
});

function* policyProblems({ spec }: Container, wishes: Wishes): Iterable<ContainerProblem> {
  const declared = field(spec, 'imagePullPolicy');
  const reference = parseImageReference(text(field(spec, 'image')) ?? '');
  const isDeclared = isPresent(declared) && declared !== '';
  const policy = isDeclared ? declared : standardPolicy(reference);
  const wrong = wrongPolicy(policy, reference, wishes);
  if (wrong === undefined) return;
  yield {
    path: 'imagePullPolicy',
    problem: `is ${shown(policy)}${isDeclared ? '' : ' by default'}: ${wrong}`,
    fix: 'imagePullPolicy: "Always"',
  };
}

/** What the API server fills in (pkg/apis/core/v1/defaults.go, SetDefaults_Container). */
function standardPolicy(reference: ImageReference | undefined): string {
  return reference !== undefined && tagOf(reference) === 'latest' ? 'Always' : 'IfNotPresent';
}

function wrongPolicy(
  policy: unknown,
  reference: ImageReference | undefined,
  { always, mutableTags }: Wishes,
): string | undefined {
  if (policy === 'Always') return undefined;
  if (always) return 'it must be Always';
  if (policy !== 'IfNotPresent') return 'it must be Always or IfNotPresent';
  const tag = reference?.digest === undefined && reference !== undefined ? tagOf(reference) : undefined;
  return tag !== undefined && mutableTags.includes(tag)
    ? `it must be Always, since the tag ${shown(tag)} is moved`
    : undefined;
}

/** What is called without a tag and a digest is called `latest`. */
function tagOf({ tag, digest }: ImageReference): string | undefined {
  return tag ?? (digest === undefined ? 'latest' : undefined);
}
