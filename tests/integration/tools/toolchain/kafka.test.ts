import { expect, test } from 'vitest';
import { KafkaServer } from '../../support/kafkaServer.ts';

test("the toolchain's Kafka keeps what was written when it falls over and is started again", async () => {
  await using server = await KafkaServer.start();
  await server.createTopic('spans', 3);
  await server.send('spans', ['one', 'two']);
  await server.stop('SIGKILL');
  await server.startAgain();
  expect(await server.tool('kafka-topics', '--describe', '--topic', 'spans')).toContain('PartitionCount: 3\t');
  expect(await server.messages('spans', 2)).toEqual(['one', 'two']);
});
