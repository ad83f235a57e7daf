import type { StackDefaults } from './stackDefaults.ts';
import { text, wholeNumber } from './fields.ts';

/** Names of Kubernetes objects: RFC 1123 subdomains. */
export const kubernetesName = {
  pattern: /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
  allowed:
    'the name of a Kubernetes object: lower-case letters, digits, "-" and ".", with a letter or digit around each "."',
};

/** A key of a Secret. */
export const dataKey = { pattern: /^(?!\.\.?$)[-._a-zA-Z0-9]{1,253}$/, allowed: 'a key of a Secret' };

/** Minute, hour, day, month, day of the week: what Kubernetes' controller takes in each (robfig/cron v3). */
const cronRanges = ['[0-5]?\\d', '([01]?\\d|2[0-3])', '([1-9]|[12]\\d|3[01])', '([1-9]|1[0-2])', '[0-6]'];
const cronFields = cronRanges.map((number) => {
  const part = `(\\*|${number}(-${number})?)(\\/[1-9]\\d?)?`;
  return `${part}(,${part})*`;
});

/** What every kind of storage has: names of the indices, and how long they stay. */
export function storageFields({ environment }: StackDefaults) {
  return {
    indexPrefix: text({
      pattern: /^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/,
      allowed: '1 to 63 lower-case letters, digits, ".", "-" or "_", beginning and ending with a letter or digit',
      description:
        "Prefix of the index names. Jaeger's index templates match whatever ends in the prefix: among the stacks that share " +
        'an Elasticsearch, none may be the end of another, as "prod" is of "eu-prod". Left out: "tracewright." and the name ' +
        "of the stack, which is the end of no other stack's; stacks of one name in several projects need a prefix each.",
    }).optional(),
    retentionDays: wholeNumber({
      min: 1,
      max: 130,
      unit: 'days',
      description:
        'For how long spans can be found. Queries look no further back, and an index is deleted once all of it is older. ' +
        'A long index prefix allows fewer days: some 85 with one of 16 letters.',
    }).default(environment.retentionDays),
    cleanupSchedule: text({
      pattern: new RegExp(`^${cronFields.join(' ')}$`),
      allowed:
        'five cron fields (minute, hour, day, month, day of the week from 0 to 6) of numbers, "*", "-", "," and "/", like "55 23 * * *"',
      description: 'When indices that are due are deleted: cron fields, in UTC, since Jaeger names indices by it.',
    }).default('55 23 * * *'),
  };
}
