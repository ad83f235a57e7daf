import { stackRule } from '../../rule.ts';
import { eachJaeger, jaegerContainers } from './jaegerContainers.ts';
import { jaegerExample } from './jaegerExamples.ts';

/** Jaeger runs in a version that these rules were made for. */
export const jaegerVersion = stackRule({
  name: 'jaeger-version',
  asks: "The tags of Jaeger's images are of versions that are supported here.",
  severity: 'low',
  level: 'advisory',
  rationale:
    'Settings and their defaults change from version to version, and the rules about Jaeger go by 1.50; 1.62 was the last release with an agent. Jaeger 1 has had no fixes since 31 December 2025: plan for Jaeger 2.',
  link: 'https://www.jaegertracing.io/download/',
  parameters: {
    supported: {
      type: 'array',
      items: { type: 'string', format: 'regex', minLength: 1 },
      default: [String.raw`^1\.(5\d|6[0-2])(\.\d+)?$`],
      description: 'Regular expressions of the tags that are supported; one that matches is enough.',
    },
  },
  passes: jaegerExample('query', { tag: '1.50.0' }),
  fails: jaegerExample('query', { tag: '1.35.0' }),
  *check(objects, { supported }) {
    const containers = yield* jaegerContainers(objects);
    const patterns = supported.map((pattern) => new RegExp(pattern));
    yield* eachJaeger(containers, function* ({ tag }) {
      if (tag !== undefined && patterns.some((pattern) => pattern.test(tag))) return;
      yield {
        path: 'image',
        problem: `${tag === undefined ? 'has no tag' : `has the tag "${tag}"`}: it must be a version that is supported (${supported.join(', ')})`,
        fix: 'the tag "1.50.0"',
      };
    });
  },
});
