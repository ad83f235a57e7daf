import { field, isPresent, shown, text } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { parseImageReference } from './imageReference.ts';

/** Images come from where they may come from. Without a configuration, that is everywhere. */
export const imageRegistry = objectRule({
  name: 'image-registry',
  asks: 'Every image comes from one of the allowed registries or parts of one.',
  severity: 'high',
  level: 'advisory',
  rationale:
    'An image from anywhere is a program from anybody: nobody has scanned it, and nobody answers for it being there tomorrow.',
  link: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  parameters: {
    allowed: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      description:
        'What names of images begin with, in whole parts: `registry.example`, `registry.example/team`. An image without a host is compared as it is written, and no host is filled in: `team` allows `team/shop`, and nothing but `shop` allows `shop`. An empty list allows every image.',
      default: [],
    },
  },
  passes: podWithContainer('image: registry.example/shop:1.4.2'),
  fails: podWithContainer('image: elsewhere.example/shop:1.4.2'),
  exampleParameters: { allowed: ['registry.example'] },
  check: (object, { allowed }) =>
    eachContainer(object, (container) => (allowed.length === 0 ? [] : registryProblems(container, allowed))),
});

function* registryProblems({ spec }: Container, allowed: readonly string[]): Iterable<ContainerProblem> {
  const image = field(spec, 'image');
  // `image-tag` says that there is none.
  if (!isPresent(image)) return;
  const reference = parseImageReference(text(image) ?? '');
  const parts = [reference?.registry, reference?.repository].filter(isPresent).join('/');
  if (reference !== undefined && allowed.some((prefix) => isBelow(parts, prefix))) return;
  yield {
    path: 'image',
    problem: `is ${shown(image)}: it must begin with ${allowed.map((prefix) => `"${prefix}"`).join(' or ')}`,
    fix: `image: "${allowed[0] ?? ''}/…", after a copy of the image has been put there`,
  };
}

/** Whole parts only: `registry.example/team` is no beginning of `registry.example/teamwork`. */
function isBelow(name: string, prefix: string): boolean {
  const whole = prefix.replace(/\/+$/, '');
  return name === whole || name.startsWith(`${whole}/`);
}
