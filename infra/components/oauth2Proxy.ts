import * as pulumi from '@pulumi/pulumi';
import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment.js';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import type { types } from '@pulumi/kubernetes';
import { serviceNames } from '../jaeger/endpoints.ts';
import { oauth2ProxyImage, type ImageSource } from '../jaeger/images.ts';
import { loginMounts, loginVolumes, oauth2ProxyArguments, type LoginSettings } from '../jaeger/login.ts';
import { oauth2ProxyPorts } from '../jaeger/ports.ts';
import { oauth2ProxyProbes } from '../jaeger/probes.ts';
import { issuerStateVolume, watchIssuer } from '../jaeger/watchIssuer.ts';
import { goRuntimeLimits, rollingUpdate, shortEnd } from '../jaeger/workloads.ts';
import { componentLabels, selectorLabels } from '../kubernetes/labels.ts';
import { environmentVariables, podTemplate } from '../kubernetes/podTemplate.ts';
import { containerPorts, servicePorts } from '../kubernetes/ports.ts';
import { scrapeAnnotations } from '../monitoring/scrapeTargets.ts';
import { resourceRequirements, type ContainerResources } from '../kubernetes/resources.ts';
import { serviceAnnotations } from '../kubernetes/annotations.ts';
import { nameOnceReady } from './nameOnceReady.ts';
import { PodAvailability } from './podAvailability.ts';

/** Arguments of {@link Oauth2Proxy}. */
export interface Oauth2ProxyArgs {
  /** Namespace that its objects are made in. */
  readonly namespace: pulumi.Input<string>;
  /** Images that its containers run. */
  readonly images: ImageSource;
  /** Number of pods. */
  readonly replicas: number;
  /** Whether its pods have the annotations by which many a Prometheus finds their metrics. @defaultValue false */
  readonly annotatesMetrics?: boolean | undefined;
  /** PriorityClass of its pods. @defaultValue the cluster's default */
  readonly priorityClassName?: pulumi.Input<string> | undefined;
  /** Address of the query service, without its base path. */
  readonly upstream: pulumi.Input<string>;
  /** Who is let in, and by which issuer. */
  readonly login: LoginSettings;
}

/** The user of the official image. */
const userId = 65_532;

/** It holds no sessions: they are in the cookies. */
const resources: ContainerResources = {
  requests: { cpuMillicores: 20, memoryMebibytes: 32 },
  limits: { cpuMillicores: 500, memoryMebibytes: 128 },
};

/**
 * Has people log in with OpenID Connect before they reach Jaeger's UI, which asks nobody who they are.
 *
 * @example
 * ```ts
 * const { serviceName } = new Oauth2Proxy('login', {
 *   namespace: 'tracing',
 *   images: { jaegerVersion: '1.50.0' },
 *   replicas: 2,
 *   upstream: 'http://jaeger-query.tracing.svc:16686',
 *   login: {
 *     issuerUrl: 'https://login.example.com',
 *     clientId: 'tracing',
 *     secret: { name: 'ui-login', clientSecretKey: 'client-secret', cookieSecretKey: 'cookie-secret' },
 *     emailDomains: ['example.com'],
 *     groups: [],
 *     host: 'tracing.example.com',
 *   },
 * });
 * ```
 */
export class Oauth2Proxy extends pulumi.ComponentResource {
  /** Name of the Service, once every pod is ready. */
  readonly serviceName: pulumi.Output<string>;

  constructor(name: string, args: Oauth2ProxyArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:jaeger:Oauth2Proxy', name, {}, options);
    const { namespace, images, replicas } = args;
    const labels = componentLabels(serviceNames.oauth2Proxy, images.jaegerVersion);
    const metadata = { name: serviceNames.oauth2Proxy, namespace, labels };
    const account = new ServiceAccount(name, { metadata, automountServiceAccountToken: false }, { parent: this });
    const deployment = new Deployment(
      name,
      { metadata, spec: deploymentSpec(args, labels, account.metadata.name) },
      { parent: this },
    );
    new PodAvailability(
      name,
      {
        namespace,
        deploymentName: serviceNames.oauth2Proxy,
        jaegerVersion: images.jaegerVersion,
        scale: { replicas },
      },
      { parent: this },
    );
    const service = new Service(
      name,
      {
        metadata: { ...metadata, annotations: serviceAnnotations },
        spec: { selector: selectorLabels(serviceNames.oauth2Proxy), ports: servicePorts([oauth2ProxyPorts.http]) },
      },
      { parent: this },
    );
    this.serviceName = nameOnceReady(service, deployment);
    this.registerOutputs({ serviceName: this.serviceName });
  }
}

function deploymentSpec(
  { images, login, upstream, replicas, priorityClassName, annotatesMetrics }: Oauth2ProxyArgs,
  labels: Record<string, string>,
  serviceAccountName: pulumi.Input<string>,
): types.input.apps.v1.DeploymentSpec {
  return {
    replicas,
    selector: { matchLabels: selectorLabels(serviceNames.oauth2Proxy) },
    strategy: rollingUpdate,
    template: podTemplate({
      name: serviceNames.oauth2Proxy,
      labels,
      serviceAccountName,
      ...(annotatesMetrics === true && { annotations: scrapeAnnotations('oauth2Proxy') }),
      priorityClassName,
      userId,
      ...shortEnd.pod,
      initContainers: [watchIssuer(login, images)],
      container: {
        image: oauth2ProxyImage(images),
        args: oauth2ProxyArguments(login, upstream),
        env: environmentVariables(goRuntimeLimits(resources)),
        ports: containerPorts(Object.values(oauth2ProxyPorts)),
        resources: resourceRequirements(resources),
        ...oauth2ProxyProbes(oauth2ProxyPorts.http.name),
        ...shortEnd.container,
        volumeMounts: loginMounts(login),
      },
      volumes: [...loginVolumes(login), issuerStateVolume],
    }),
  };
}
