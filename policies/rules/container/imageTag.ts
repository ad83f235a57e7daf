import { field, shown, text } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { valueState } from '../valueState.ts';
import { parseImageReference } from './imageReference.ts';

/** Every image says which version of it is meant. */
export const imageTag = objectRule({
  name: 'image-tag',
  asks: 'Every image has a tag that stays what it is, or a digest.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'What a tag such as `latest` means changes by itself: pods of one Deployment run different programs, and no rollback brings the old one back.',
  link: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  parameters: {
    mutableTags: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      description: 'Tags that are moved from version to version, as they are written. An image needs another one.',
      default: ['latest'],
    },
  },
  passes: podWithContainer('image: registry.example/shop:1.4.2'),
  fails: podWithContainer('image: registry.example/shop:latest'),
  check: (object, { mutableTags }) => eachContainer(object, (container) => tagProblems(container, mutableTags)),
});

function* tagProblems({ spec }: Container, mutableTags: readonly string[]): Iterable<ContainerProblem> {
  const image = field(spec, 'image');
  const wrong = wrongImage(image, mutableTags);
  if (wrong === undefined) return;
  yield {
    path: 'image',
    problem: `${valueState(image)}: ${wrong}`,
    fix: 'image: "registry.example/shop:1.4.2"',
  };
}

function wrongImage(image: unknown, mutableTags: readonly string[]): string | undefined {
  const reference = parseImageReference(text(image) ?? '');
  if (reference === undefined) return 'it must be the name of an image, with a tag or a digest';
  const { tag, digest } = reference;
  if (digest !== undefined) return undefined;
  if (tag === undefined) return 'it must have a tag or a digest';
  return mutableTags.includes(tag) ? `it must have another tag than ${shown(tag)}, or a digest` : undefined;
}
