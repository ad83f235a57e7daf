import { expect, test } from 'vitest';
import { KafkaServer } from '../../support/kafkaServer.ts';

test("the toolchain's Kafka keeps what was written when it is stopped and started again", async () => {
  await using server = await KafkaServer.start();
  await server.createTopic('spans');
  await server.send('spans', ['one', 'two']);
  await server.stop();
  await server.startAgain();
  expect(await server.messages('spans', 2)).toEqual(['one', 'two']);
});
