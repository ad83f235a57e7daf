import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kafkaTools } from '../../../infra/jaeger/kafkaFiles.ts';
import { kafkaWaitScript } from '../../../infra/jaeger/kafkaWaitScript.ts';
import { formedMessages } from '../../support/formedLine.ts';
import { toolchainPart } from '../../support/toolchainPart.ts';
import { freeTcpPort } from '../support/freePort.ts';
import { KafkaServer } from '../support/kafkaServer.ts';
import { TestProcess } from '../support/testProcess.ts';

// The script with Kafka's own tools against a broker that asks for a password.
const password = String.raw`p"ä\s $x`;
const inJava = String.raw`p\\\"\u00e4\\\\s $x`;
let directory = '';
let script = '';
let kafka: KafkaServer;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tracewright-kafka-wait-'));
  await writeFile(join(directory, 'password'), password);
  await writeFile(join(directory, 'wrong'), 'wrong');
  script = kafkaWaitScript.replaceAll(kafkaTools, join(await toolchainPart('kafka'), 'kafka', 'bin'));
  kafka = await KafkaServer.start({
    properties: {
      'listener.security.protocol.map': 'PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
      'sasl.mechanism.inter.broker.protocol': 'PLAIN',
      'listener.name.plaintext.sasl.enabled.mechanisms': 'PLAIN',
      'listener.name.plaintext.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required username="jaeger" password="${inJava}" user_jaeger="${inJava}";`,
    },
  });
}, 120_000);
afterAll(async () => {
  await kafka[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

/** What the script says until it ends, or first if it goes on. */
async function messagesOf(changes: Readonly<Record<string, string>>, broker = kafka.address): Promise<string[]> {
  const { PATH, JAVA_HOME } = process.env;
  const wait = new TestProcess({
    command: 'bash',
    args: ['-c', script, 'wait', broker],
    environment: {
      PATH,
      JAVA_HOME,
      LOG_DIR: directory,
      KAFKA_HEAP_OPTS: '-Xmx64m',
      TOPIC: 'spans',
      PARTITIONS: '3',
      MAKE_TOPIC: 'false',
      TLS: 'false',
      KAFKA_USER: 'jaeger',
      MECHANISM: 'PLAIN',
      PASSWORD_FILE: join(directory, 'password'),
      ...changes,
    },
  });
  const goesOn = changes['MAKE_TOPIC'] !== 'true';
  try {
    await wait.waitUntil(() => wait.hasEnded || (goesOn && wait.output.includes('\n')), 60_000);
  } finally {
    await wait.stop('SIGKILL');
  }
  return formedMessages(wait.output).map((message) => message.replaceAll(broker, 'BROKER'));
}

test('says that no broker listens, without any tool of Kafka', async () => {
  expect(await messagesOf({}, `127.0.0.1:${await freeTcpPort()}`)).toEqual([
    'waiting: Kafka at BROKER does not answer (connection refused)',
  ]);
});

test('tells a refused password, a mechanism that is not taken, and a missing topic apart', async () => {
  expect(await messagesOf({ PASSWORD_FILE: join(directory, 'wrong') })).toEqual([
    'waiting: Kafka at BROKER refused the user name or password',
  ]);
  expect(await messagesOf({ MECHANISM: 'SCRAM-SHA-512' })).toEqual([
    'waiting: Kafka at BROKER does not take the mechanism SCRAM-SHA-512 (it takes [PLAIN])',
  ]);
  expect(await messagesOf({})).toEqual(['waiting: the topic spans is missing at Kafka at BROKER']);
});

test('makes the topic of the stack, and more partitions of it later', async () => {
  expect(await messagesOf({ MAKE_TOPIC: 'true', TOPIC: 'made' })).toEqual([
    'waiting: the topic made is missing at Kafka at BROKER, and is made',
    'ready: the topic made has 3 partitions at Kafka at BROKER',
  ]);
  // Who reads: its group has an offset in each partition, those that are new too, before anything was read.
  const reading = { MAKE_TOPIC: 'true', TOPIC: 'made', GROUP: 'readers' };
  expect(await messagesOf(reading)).toEqual(['ready: the topic made has 3 partitions at Kafka at BROKER']);
  expect(await messagesOf({ ...reading, PARTITIONS: '4' })).toEqual([
    'waiting: the topic made has 3 partitions at Kafka at BROKER, and is given 4',
    'ready: the topic made has 4 partitions at Kafka at BROKER',
  ]);
  await writeFile(
    join(directory, 'client.properties'),
    `security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="jaeger" password="${inJava}";\n`,
  );
  const settings = ['--command-config', join(directory, 'client.properties')];
  const offsets = await kafka.tool(
    'kafka-consumer-groups',
    ...settings,
    '--describe',
    '--offsets',
    '--group',
    'readers',
  );
  const rows = offsets.split('\n').flatMap((row) => /^readers +made +(\d+) +(\d+)/.exec(row)?.slice(1).join(':') ?? []);
  expect(rows.sort()).toEqual(['0:0', '1:0', '2:0', '3:0']);
});
