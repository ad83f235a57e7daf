import { createObservability, type Observability } from '../../../../runtime/src/observability.ts';
import { createTracing } from '../../../../runtime/src/tracing/createTracing.ts';
import { HOSTILE_TEXTS } from './hostileTexts.ts';

/** A runtime that was given each hostile text in every field that comes from outside, and whose own names are hostile, too. */
export async function hostileObservability(): Promise<Observability> {
  const { image, directions, long = '' } = HOSTILE_TEXTS;
  const name = `${image} ${directions}`;
  const observability = createObservability({
    tracing: createTracing({
      exporter: 'none',
      serviceName: `shop ${name}`,
      resourceAttributes: {
        'service.instance.id': `replica ${name} ${long}`,
        'deployment.environment.name': `shop ${name}`,
      },
      instrumentations: [],
      logCorrelation: [],
      handleSignals: false,
      crashRecordFile: false,
    }),
    jaegerUrl: 'https://jaeger.example',
    requests: { stuckAfterMillis: 1 },
    performance: {
      intervalMillis: 60_000,
      thresholds: [{ name: `too much ${name}`, metric: 'hostile.value', above: 0 }],
    },
    errors: { release: `1.4.2 ${name}`, uncaught: false, loggers: false, maxTimeShare: 1, eventsPerMinute: 10_000 },
  });
  for (const [about, text] of Object.entries(HOSTILE_TEXTS)) {
    throwHostile(observability, about, text);
    request(observability, about, text);
  }
  await measure(observability);
  return observability;
}

/** ID of the request that was given a text; it has the text in it. */
export function requestIdOf(about: string, text: string): string {
  return `${about} ${text}`.slice(0, 200);
}

function throwHostile({ errors }: Observability, about: string, text: string): void {
  const error = Object.assign(new Error(`${about} ${text}`, { cause: new Error(text) }), {
    name: text,
    code: text,
    [text]: text,
    [`of ${about}`]: text,
    link: text,
  });
  errors?.addBreadcrumb(text, text, { [text]: text });
  const receipt = errors?.capture(error, {
    fingerprint: [text],
    context: { [text]: text, [`of ${about}`]: text },
    request: { id: text, operation: text, userId: text, agentId: text },
  });
  if (errors === undefined || receipt === undefined) throw new Error(`${about} was not captured`);
  const { groups } = errors;
  const said = { by: text, note: text };
  groups.acknowledge(receipt.groupId, said);
  groups.resolve(receipt.groupId, { ...said, release: text });
  groups.reopen(receipt.groupId, said);
  groups.setCategory(receipt.groupId, 'network', said);
  groups.setSeverity(receipt.groupId, 'critical', said);
}

function request({ requests }: Observability, about: string, text: string): void {
  const attributes = { [text]: text, [`of ${about}`]: text };
  const given = { operation: text, userId: text, agentId: text, attributes };
  const id = requestIdOf(about, text);
  requests
    ?.start({ ...given, id })
    .process()
    .fail({ type: text });
  requests?.start({ ...given, parentId: id }).process();
}

async function measure({ performance: monitor }: Observability): Promise<void> {
  const meter = monitor?.meterProvider.getMeter('hostile');
  for (let round = 0; round < 3; round += 1) {
    for (const [about, text] of Object.entries(HOSTILE_TEXTS)) {
      meter?.createGauge('hostile.value', { unit: '{<b>}' }).record(1 + round, { [text]: text, of: about });
      // The API's rules for names are the API's; what is here takes what comes.
      meter?.createGauge(text, { unit: text, description: text }).record(2 + round);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    await monitor?.read();
  }
  monitor?.series.addGap(
    { source: HOSTILE_TEXTS['image'] ?? '', metrics: ['hostile.value'], reason: HOSTILE_TEXTS['directions'] ?? '' },
    performance.now(),
  );
}
