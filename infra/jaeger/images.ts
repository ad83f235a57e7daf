/** Which images a stack runs. */
export interface ImageSource {
  /** Tag of Jaeger's images. */
  readonly jaegerVersion: string;
  /** A mirror of Docker Hub, and of quay.io for oauth2-proxy. Left out: what the cluster's container runtime takes by default. */
  readonly imageRegistry?: string | undefined;
}

/** The last version of Elasticsearch 7 that Jaeger 1.50 was tried with here. Jaeger takes version 8 only from 1.52 on. */
export const elasticsearchVersion = '7.17.10';

/** The version of Kafka that Jaeger 1.50 was tried with here. Kafka 4 no longer speaks what Jaeger's consumer does. */
export const kafkaVersion = '3.9.1';

/** Image of a Jaeger component. */
export function jaegerImage(
  component: 'agent' | 'collector' | 'query' | 'ingester' | 'es-index-cleaner',
  { jaegerVersion, imageRegistry }: ImageSource,
): string {
  return `${mirror(imageRegistry)}jaegertracing/jaeger-${component}:${jaegerVersion}`;
}

/** Image of Elasticsearch. On a mirror, Docker Hub's official images lie under `library/`. */
export function elasticsearchImage({ imageRegistry }: Pick<ImageSource, 'imageRegistry'>): string {
  return imageRegistry === undefined
    ? `elasticsearch:${elasticsearchVersion}`
    : `${imageRegistry}/library/elasticsearch:${elasticsearchVersion}`;
}

/** Image of Kafka: the embedded broker, and Kafka's tools for the containers that wait for a broker. */
export function kafkaImage({ imageRegistry }: Pick<ImageSource, 'imageRegistry'>): string {
  return `${mirror(imageRegistry)}apache/kafka:${kafkaVersion}`;
}

/** Image with a shell and curl, for the containers that wait for the storage. */
export function curlImage({ imageRegistry }: Pick<ImageSource, 'imageRegistry'>): string {
  return `${mirror(imageRegistry)}curlimages/curl:8.10.1`;
}

/** Image of oauth2-proxy. On a mirror, it lies where it lies on quay.io. */
export function oauth2ProxyImage({ imageRegistry }: Pick<ImageSource, 'imageRegistry'>): string {
  return `${imageRegistry ?? 'quay.io'}/oauth2-proxy/oauth2-proxy:v7.15.4`;
}

function mirror(imageRegistry: string | undefined): string {
  return imageRegistry === undefined ? '' : `${imageRegistry}/`;
}
