import * as pulumi from '@pulumi/pulumi';
import { Ingress } from '@pulumi/kubernetes/networking/v1/ingress.js';
import { ingressUrl, serviceNames } from '../jaeger/endpoints.ts';
import { queryPorts } from '../jaeger/ports.ts';
import { componentLabels } from '../kubernetes/labels.ts';
import { serviceAnnotations } from '../kubernetes/annotations.ts';

/** Arguments of {@link QueryIngress}. */
export interface QueryIngressArgs {
  /** Namespace that its objects are made in. */
  readonly namespace: pulumi.Input<string>;
  /** Version of Jaeger that its objects are labelled with. */
  readonly jaegerVersion: string;
  /** Name of the Service that is led to, by its port `http`: that of oauth2-proxy, or the query service's own. */
  readonly serviceName: pulumi.Input<string>;
  /** Host name of the UI. */
  readonly host: string;
  /** Path that UI and API lie under. @defaultValue none */
  readonly basePath?: string | undefined;
  /** IngressClass. @defaultValue the cluster's default */
  readonly className?: string | undefined;
  /** Secret with the host's certificate. @defaultValue none: the UI is served over http */
  readonly tlsSecretName?: string | undefined;
  /** Annotations for the Ingress controller. */
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * Leads a host name to Jaeger's UI. The UI asks nobody who they are: where that matters, it leads to an oauth2-proxy before it.
 *
 * @example
 * ```ts
 * const { url } = new QueryIngress('ui', {
 *   namespace: 'tracing',
 *   jaegerVersion: '1.50.0',
 *   serviceName: 'oauth2-proxy',
 *   host: 'tracing.example.com',
 *   tlsSecretName: 'tracing-example-com',
 *   annotations: {},
 * });
 * ```
 */
export class QueryIngress extends pulumi.ComponentResource {
  /** Address of the UI. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: QueryIngressArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:jaeger:QueryIngress', name, {}, options);
    const { host, basePath = '/', className, tlsSecretName, annotations } = args;
    const service = { name: args.serviceName, port: { name: queryPorts.http.name } };
    const ingress = new Ingress(
      name,
      {
        metadata: {
          name: serviceNames.query,
          namespace: args.namespace,
          labels: componentLabels(serviceNames.query, args.jaegerVersion),
          // A controller that gives no address, as many do behind a load balancer, would be waited for in vain.
          annotations: { ...serviceAnnotations, ...annotations },
        },
        spec: {
          ...(className !== undefined && { ingressClassName: className }),
          ...(tlsSecretName !== undefined && { tls: [{ hosts: [host], secretName: tlsSecretName }] }),
          rules: [{ host, http: { paths: [{ path: basePath, pathType: 'Prefix', backend: { service } }] } }],
        },
      },
      { parent: this },
    );
    this.url = ingress.metadata.apply(() => ingressUrl(args));
    this.registerOutputs({ url: this.url });
  }
}
