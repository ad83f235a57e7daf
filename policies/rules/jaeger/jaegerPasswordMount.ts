import { mountedFile } from '../../kubernetes/mountedFiles.ts';
import { stackRule } from '../../rule.ts';
import { eachJaeger, jaegerContainers } from './jaegerContainers.ts';
import { jaegerExample } from './jaegerExamples.ts';

const collector = (mount: string) =>
  jaegerExample('collector', {
    pod: ['volumes: [{ name: login, secret: { secretName: login } }]'],
    container: [`volumeMounts: [{ name: login, ${mount} }]`],
    env: ['{ name: ES_PASSWORD_FILE, value: /etc/es/password }'],
  });

/** A changed password reaches Jaeger. */
export const jaegerPasswordMount = stackRule({
  name: 'jaeger-password-mount',
  asks: "The file of Elasticsearch's password is mounted with its whole volume, not as a subPath.",
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Jaeger watches the file and takes a new password at once. The kubelet never changes what is mounted as a subPath: after a rotation, Jaeger is locked out until its pods are made anew.',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/#mounted-secrets-are-updated-automatically',
  passes: collector('mountPath: /etc/es'),
  fails: collector('mountPath: /etc/es/password, subPath: password'),
  *check(objects) {
    const containers = yield* jaegerContainers(objects);
    yield* eachJaeger(containers, function* ({ settings, workload, container }) {
      const path = settings.get('ES_PASSWORD_FILE')?.value;
      const file = path === undefined ? undefined : mountedFile(workload.podSpec, container.spec, path);
      if (file?.hasSubPath !== true) return;
      yield {
        path: `${file.mountPath}.subPath`,
        problem: 'is set where ES_PASSWORD_FILE lies: it must not be, or a new password never arrives',
        fix: 'mountPath: a directory for the whole Secret, without subPath',
      };
    });
  },
});
