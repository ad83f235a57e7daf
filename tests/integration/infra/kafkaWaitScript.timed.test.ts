import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kafkaTools } from '../../../infra/jaeger/kafkaFiles.ts';
import { kafkaWaitScript } from '../../../infra/jaeger/kafkaWaitScript.ts';
import { kafkaToolSettings } from '../../../infra/jaeger/waitForKafka.ts';
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
      'listener.security.protocol.map': 'PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT,LOCAL:PLAINTEXT',
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

/** The script as a pod runs it, apart from what is changed. */
function startWaiting(changes: Readonly<Record<string, string>>, broker = kafka.address): TestProcess {
  const { PATH, JAVA_HOME } = process.env;
  return new TestProcess({
    command: 'bash',
    args: ['-c', script, 'wait', broker],
    environment: {
      PATH,
      JAVA_HOME,
      ...kafkaToolSettings,
      LOG_DIR: directory,
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
}

function said(wait: TestProcess, broker = kafka.address): string[] {
  return formedMessages(wait.output).map((message) => message.replaceAll(broker, 'BROKER'));
}

/** What it says first, when it is to go on. */
async function waitingFor(changes: Readonly<Record<string, string>>, broker = kafka.address): Promise<string[]> {
  const wait = startWaiting(changes, broker);
  try {
    await wait.waitUntil(() => wait.hasEnded || wait.output.includes('\n'), 60_000);
  } finally {
    await wait.stop('SIGKILL');
  }
  return said(wait, broker);
}

/** What it says until its end. */
async function messagesOf(changes: Readonly<Record<string, string>>): Promise<string[]> {
  const wait = startWaiting(changes);
  try {
    await wait.waitUntil(() => wait.hasEnded, 60_000);
  } finally {
    await wait.stop('SIGKILL');
  }
  return said(wait);
}

/** `partition:offset` of a group. */
async function offsets(topic: string, group: string): Promise<string[]> {
  const answer = await kafka.tool('kafka-consumer-groups', '--describe', '--offsets', '--group', group);
  const row = new RegExp(`^${group} +${topic} +(\\d+) +(\\d+)`);
  return answer
    .split('\n')
    .flatMap((line) => row.exec(line)?.slice(1).join(':') ?? [])
    .sort();
}

/** A reader that has been given its partitions. */
async function startReader(topic: string, group: string): Promise<TestProcess> {
  const reader = kafka.reader(topic, group);
  const isStable = async () =>
    (await kafka.tool('kafka-consumer-groups', '--describe', '--state', '--group', group)).includes('Stable');
  while (!(await isStable())) if (reader.hasEnded) throw new Error(reader.output);
  return reader;
}

test('says that no broker listens, without any tool of Kafka', async () => {
  expect(await waitingFor({}, `127.0.0.1:${await freeTcpPort()}`)).toEqual([
    'waiting: Kafka at BROKER does not answer (connection refused)',
  ]);
});

test('tells a refused password, a mechanism that is not taken, and a missing topic apart', async () => {
  expect(await waitingFor({ PASSWORD_FILE: join(directory, 'wrong') })).toEqual([
    'waiting: Kafka at BROKER refused the user name or password',
  ]);
  expect(await waitingFor({ MECHANISM: 'SCRAM-SHA-512' })).toEqual([
    'waiting: Kafka at BROKER does not take the mechanism SCRAM-SHA-512 (it takes [PLAIN])',
  ]);
  expect(await waitingFor({})).toEqual(['waiting: the topic spans is missing at Kafka at BROKER']);
});

test('makes the topic of the stack, and gives who reads a place to begin at in each partition', async () => {
  const made = { MAKE_TOPIC: 'true', TOPIC: 'made' };
  expect(await messagesOf(made)).toEqual([
    'waiting: the topic made is missing at Kafka at BROKER, and is made',
    'ready: the topic made has 3 partitions at Kafka at BROKER',
  ]);
  expect(await messagesOf({ ...made, GROUP: 'readers' })).toEqual([
    'ready: the topic made has 3 partitions at Kafka at BROKER',
  ]);
  expect(await offsets('made', 'readers')).toEqual(['0:0', '1:0', '2:0']);
});

test('gives the topic of the stack more partitions only when nobody reads, who would pass by their first spans', async () => {
  await kafka.tool('kafka-topics', '--create', '--topic', 'grown', '--partitions', '2');
  const grown = { MAKE_TOPIC: 'true', TOPIC: 'grown' };
  const reads = { ...grown, GROUP: 'growers' };
  expect(await messagesOf({ ...reads, PARTITIONS: '2' })).toEqual([
    'ready: the topic grown has 2 partitions at Kafka at BROKER',
  ]);
  const reader = await startReader('grown', 'growers');
  const wait = startWaiting(reads);
  try {
    await wait.waitUntil(() => wait.output.includes('\n'), 60_000);
    // A collector does not wait for it, and leaves the topic as it is.
    expect(await messagesOf(grown)).toEqual(['ready: the topic grown has 2 partitions at Kafka at BROKER']);
    await reader.stop();
    await wait.waitUntil(() => wait.hasEnded, 60_000);
  } finally {
    await reader.stop('SIGKILL');
    await wait.stop('SIGKILL');
  }
  const given = 'waiting: the topic grown has 2 partitions at Kafka at BROKER, and is given 3';
  expect([...new Set(said(wait))]).toEqual([
    `${given} once no ingester runs: scale their Deployment to 0, and back when they are gone`,
    given,
    'ready: the topic grown has 3 partitions at Kafka at BROKER',
  ]);
  expect(await offsets('grown', 'growers')).toEqual(['0:0', '1:0', '2:0']);
});

test('leaves a place that the group has', async () => {
  await kafka.tool('kafka-topics', '--create', '--topic', 'read', '--partitions', '1');
  await kafka.send('read', ['1', '2', '3', '4', '5']);
  const latest = ['--reset-offsets', '--execute', '--topic', 'read', '--group', 'placed', '--to-latest'];
  await kafka.tool('kafka-consumer-groups', ...latest);
  expect(await messagesOf({ TOPIC: 'read', GROUP: 'placed' })).toEqual([
    'ready: the topic read has 1 partitions at Kafka at BROKER',
  ]);
  expect(await offsets('read', 'placed')).toEqual(['0:5']);
});

test('does not let an ingester begin beside others that know nothing of a partition', async () => {
  await kafka.tool('kafka-topics', '--create', '--topic', 'altered', '--partitions', '1');
  const reads = { TOPIC: 'altered', GROUP: 'late' };
  await messagesOf(reads);
  const reader = await startReader('altered', 'late');
  try {
    expect(await messagesOf(reads)).toEqual(['ready: the topic altered has 1 partitions at Kafka at BROKER']);
    await kafka.tool('kafka-topics', '--alter', '--topic', 'altered', '--partitions', '3');
    expect(await waitingFor(reads)).toEqual([
      'waiting: ingesters run that know nothing of these partitions of the topic altered: 1,2; scale their Deployment to 0, and back when they are gone',
    ]);
  } finally {
    await reader.stop('SIGKILL');
  }
});
