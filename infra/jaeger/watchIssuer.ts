import type { types } from '@pulumi/kubernetes';
import { environmentVariables } from '../kubernetes/podTemplate.ts';
import { initContainerResources, resourceRequirements } from '../kubernetes/resources.ts';
import { restrictedContainer } from '../kubernetes/securityContexts.ts';
import { curlImage, type ImageSource } from './images.ts';
import { issuerScript } from './issuerScript.ts';
import { loginFiles, loginMounts, redirectUrl, type LoginSettings } from './login.ts';

const stateDirectory = '/run/tracewright';
const readyFile = `${stateDirectory}/ready`;
const lookedFile = `${stateDirectory}/looked`;
const stateVolume = 'issuer-state';

/** The volume that the container of {@link watchIssuer} writes to. */
export const issuerStateVolume: types.input.core.v1.Volume = {
  name: stateVolume,
  emptyDir: { medium: 'Memory', sizeLimit: '1Mi' },
};

/**
 * A container that runs before oauth2-proxy and beside it (a sidecar of Kubernetes 1.29 and later). Before: oauth2-proxy ends when
 * its issuer cannot be asked at its start, and its restarts back off to five minutes; this one looks every second, at the
 * issuer's address, certificate and keys and whether it knows the client's secret, and says what it waits for in a message that
 * begins with `waiting: `. Beside: who is sent to an issuer that is down never comes back, and oauth2-proxy hears nothing of it;
 * this one goes on looking, and says so in a message that begins with `failing: `. Those who are logged in stay so: the pod stays ready.
 */
export function watchIssuer(login: LoginSettings, images: ImageSource): types.input.core.v1.Container {
  const { clientSecret, cookieSecret, ca = '' } = loginFiles(login);
  const secretName = (key: string) => `${key} of Secret ${login.secret.name}`;
  const exists = { exec: { command: ['test', '-e', readyFile] } };
  return restrictedContainer({
    name: 'watch-issuer',
    image: curlImage(images),
    restartPolicy: 'Always',
    command: ['/bin/sh', '-c', issuerScript, 'watch-issuer'],
    env: environmentVariables({
      CA_FILE: ca,
      CLIENT_ID: login.clientId,
      CLIENT_SECRET_FILE: clientSecret,
      CLIENT_SECRET_NAME: secretName(login.secret.clientSecretKey),
      COOKIE_SECRET_FILE: cookieSecret,
      COOKIE_SECRET_NAME: secretName(login.secret.cookieSecretKey),
      ISSUER_URL: login.issuerUrl,
      LOOKED_FILE: lookedFile,
      READY_FILE: readyFile,
      REDIRECT_URL: redirectUrl(login),
    }),
    resources: resourceRequirements(initContainerResources),
    // oauth2-proxy is started when this has passed. A wait has no end: after a day it begins anew.
    startupProbe: { ...exists, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 86_400 },
    readinessProbe: { ...exists, periodSeconds: 60, timeoutSeconds: 5, failureThreshold: 3 },
    livenessProbe: {
      exec: { command: ['/bin/sh', '-c', `[ -n "$(find ${lookedFile} -mmin -2)" ]`] },
      periodSeconds: 60,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
    volumeMounts: [...loginMounts(login), { name: stateVolume, mountPath: stateDirectory }],
  });
}
