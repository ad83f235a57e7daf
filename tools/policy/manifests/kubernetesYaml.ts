import type { DocumentOptions, ParseOptions, ScalarTag, SchemaOptions, Tags } from 'yaml';

const notOfKubernetes = ['timestamp', 'binary', 'omap', 'pairs', 'set'].map((name) => `tag:yaml.org,2002:${name}`);

/** The API server gets the text that is encoded. */
const binary: ScalarTag = {
  tag: 'tag:yaml.org,2002:binary',
  resolve: (source) => Buffer.from(source, 'base64').toString('utf8'),
};

/**
 * YAML as kubectl reads it (sigs.k8s.io/yaml, goyaml.v2, `resolve.go`): of version 1.1, where `yes` and `on` are true and 0644 is octal,
 * but without times and numbers of base 60. What were read in another way than it is deployed could slip through a rule.
 */
export const kubernetesYaml: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  // Named as well, since a directive of a document (%YAML 1.2) would choose another one.
  schema: 'yaml-1.1',
  merge: true,
  customTags: (tags: Tags) => [...tags.filter(isOfKubernetes), binary],
};

function isOfKubernetes(tag: Tags[number]): boolean {
  return typeof tag === 'string' || !(tag.format === 'TIME' || notOfKubernetes.includes(tag.tag));
}
