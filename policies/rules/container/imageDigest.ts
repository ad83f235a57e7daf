import { field, text } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { valueState } from '../valueState.ts';
import { parseImageReference } from './imageReference.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Every image is named by what is in it. */
export const imageDigest = objectRule({
  name: 'image-digest',
  asks: 'Every image has a digest.',
  severity: 'medium',
  level: 'disabled',
  rationale:
    'Whoever may write to the registry can put another program behind a tag. A digest is that of the one which was tested.',
  link: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  passes: podWithContainer(`image: registry.example/shop:1.4.2@${digest}`),
  fails: podWithContainer('image: registry.example/shop:1.4.2'),
  check: (object) => eachContainer(object, digestProblems),
});

function* digestProblems({ spec }: Container): Iterable<ContainerProblem> {
  const image = field(spec, 'image');
  if (parseImageReference(text(image) ?? '')?.digest !== undefined) return;
  yield {
    path: 'image',
    problem: `${valueState(image)}: it must have a digest`,
    fix: 'image: "registry.example/shop:1.4.2@sha256:…", with the digest that the registry says',
  };
}
