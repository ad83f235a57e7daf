import * as z from 'zod';
import { mapping, text } from './fields.ts';

const subject = text({
  pattern: /^(?!system:)[^\s\p{Cc}]([^\p{Cc}]{0,251}[^\s\p{Cc}])?$/u,
  allowed: 'a name as the cluster knows it, without spaces around it, and none that begins with "system:"',
  description: "A name, as the cluster's authentication gives it.",
});

function names(description: string) {
  return z.array(subject, { error: 'must be a list of names' }).readonly().default([]).describe(description);
}

function people(what: string) {
  return mapping({ users: names('Users.'), groups: names('Groups.') }, what).prefault({});
}

/** Who may look at the stack, and who may act on it, through the Kubernetes API. */
export const accessSchema = mapping(
  {
    viewers: people('Who may look: objects, logs and events of the namespace, no Secrets and no traces.'),
    operators: people(
      'Who may also restart, evict and scale pods, and forward ports. Still no Secrets, no changes of objects.',
    ),
  },
  "People's access to the namespace through the Kubernetes API.",
).prefault({});
