import type { ErrorFacts } from '../../errorFacts.ts';
import type { Classification, RuleSet } from '../classification.ts';
import { classificationOf, codeTable } from '../codeTable.ts';
import { AMQP_REFUSALS, BROKER_ANSWERS, BROKER_CLASSES, BROKER_NUMBERS } from '../tables/brokerCodes.ts';

/** How amqplib words what the broker answered: `Channel closed by server: 404 (NOT-FOUND) with message "…"`. */
const AMQP_REPLY =
  /^(?:Channel closed by server|Connection closed(?: by server)?|Operation failed|Handshake terminated by server)[:;] (?:\w{1,40}; )?(\d{3}) \([A-Z-]+\)/;

/** What Kafka, AMQP, NATS and MQTT answer, as their clients tell it. */
export function brokerRules(): RuleSet {
  const classes = codeTable('broker.class', BROKER_CLASSES);
  const answers = codeTable('broker.answer', BROKER_ANSWERS);
  const numbers = new Map(
    Object.entries(BROKER_NUMBERS).map(([name, codes]) => [name, codeTable('broker.answer', codes)]),
  );
  const amqp = amqpReply();
  const classOf = ({ type, classes: names }: ErrorFacts): string | undefined => {
    if (classes.has(type)) return type;
    for (const name of names) if (classes.has(name)) return name;
    return undefined;
  };
  return (error) => {
    const name = classOf(error);
    if (name === undefined) return amqp(error);
    const { code = '', properties } = error;
    const answer = typeof properties['type'] === 'string' ? properties['type'] : code;
    return answers.get(answer) ?? numbers.get(name)?.get(code) ?? classes.get(name);
  };
}

function amqpReply(): (error: ErrorFacts) => Classification | undefined {
  const refused = classificationOf('authentication', 'broker.amqp');
  const failed = classificationOf('external_service', 'broker.amqp');
  return ({ code, message, properties }) => {
    const isReply = typeof properties['classId'] === 'number' && typeof properties['methodId'] === 'number';
    const reply = AMQP_REPLY.exec(message)?.[1] ?? (isReply ? code : undefined);
    if (reply === undefined) return undefined;
    return AMQP_REFUSALS.includes(reply) ? refused : failed;
  };
}
