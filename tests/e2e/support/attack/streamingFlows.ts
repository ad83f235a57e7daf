import { parseTable, type ExpectedFlow } from './expectedFlows.ts';

/**
 * What may reach what where spans go through Kafka, written by hand as `expectedFlows.ts` is, which see. `labelled` carries this Jaeger's
 * label, and `scraper` is Prometheus.
 */
const fromOutside = `
                              stranger labelled scraper
kafka:9092                        .        .       .
kafka:9093                        .        .       .
kafka-service:9092                .        .       .
ingester:14270                    .        .       x
collector:14268                   .        x       .
collector:14269                   .        .       x
elasticsearch:9200                .        .       .
as-ingester:8080                  .        .       .
as-kafka:8080                     .        .       .
api-service:443                   x        x       x
`;

/** Collectors write to Kafka in place of the storage; ingesters take from the one and write to the other, and nobody calls them. */
const fromInside = `
                              as-collector as-ingester as-query as-agent as-cleaner as-elasticsearch as-kafka as-check stray
kafka:9092                         x            x         .        .         .            .              .        .      .
kafka:9093                         .            .         .        .         .            .              .        .      .
kafka-service:9092                 x            x         .        .         .            .              .        .      .
ingester:14270                     .            .         .        .         .            .              .        .      .
collector:14250                    .            .         .        x         .            .              .        x      .
collector:14268                    .            .         .        .         .            .              .        .      .
elasticsearch:9200                 .            x         x        .         x            .              .        .      .
as-ingester:8080                   .            -         .        .         .            .              .        .      .
as-kafka:8080                      .            .         .        .         .            .              -        .      .
api-service:443                    .            .         .        .         .            .              .        .      .
dns:53/udp                         x            x         x        x         x            .              .        x      .
`;

/** Every cell of a stack that streams. */
export function streamingFlows(): readonly ExpectedFlow[] {
  return [fromOutside, fromInside].flatMap(parseTable);
}
