import { Readable } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { FailureChoiceError } from '../../../examples/checkout/src/failures/failureName.ts';
import { parseFailures } from '../../../examples/checkout/src/failures/parseFailures.ts';
import { parseOrderRequest } from '../../../examples/checkout/src/orders/order.ts';
import {
  EnvironmentError,
  readMillis,
  readPort,
  readSwitch,
} from '../../../examples/checkout/src/service/environment.ts';
import { readJson } from '../../../examples/checkout/src/service/readJson.ts';
import { RefusedError } from '../../../examples/checkout/src/service/refusedError.ts';
import { matchPath } from '../../../examples/checkout/src/service/route.ts';
import { readServiceTokens, ServiceTokens } from '../../../examples/checkout/src/service/serviceTokens.ts';
import { fuzz, fuzzText, fuzzValue } from '../../support/fuzzParser.ts';
import { damagedText, SECRET } from '../../support/hostileArbitraries.ts';

it('the body of a request is JSON, or refused', async () => {
  await fuzzText(['{"customer":"a"}'], (text) => readJson(Readable.from([Buffer.from(text)]) as IncomingMessage), {
    throws: [RefusedError],
  });
});

it('an order is taken, or refused by the field that is wrong', async () => {
  await fuzzValue([{ customer: 'a', sku: 'TEA-1', quantity: 2 }], parseOrderRequest, { throws: [RefusedError] });
});

it('only a token of the key lets a call in', async () => {
  const tokens = new ServiceTokens('k'.repeat(32), () => 0);
  const token = tokens.create('storefront');
  const verify = (text: string): boolean => {
    tokens.verify({ headers: { authorization: `Bearer ${text}` } });
    return true;
  };
  expect(verify(token)).toBe(true);
  await fuzz([], damagedText([token]), (text) => expect(text !== token && verify(text)).toBe(false), {
    throws: [RefusedError],
  });
});

it('failures and variables are chosen, or refused with what is allowed', async () => {
  await fuzzText(['database-down,slow-dependency:0.2'], parseFailures, { throws: [FailureChoiceError] });
  await fuzzText(['1', 'true'], (text) => readPort({ PORT: text }, 'PORT', 1), { throws: [EnvironmentError] });
  await fuzzText(['1', 'true'], (text) => readMillis({ WAIT: text }, 'WAIT', 1), { throws: [EnvironmentError] });
  await fuzzText(['1', 'true'], (text) => readSwitch({ ON: text }, 'ON'), { throws: [EnvironmentError] });
  await fuzzText([SECRET], (text) => readServiceTokens({ SHOP_TOKEN_KEY: text }), {
    throws: [EnvironmentError],
    mayQuote: false,
  });
});

it('a path fits its pattern, or none', async () => {
  await fuzzText(['/orders/1'], (path) => matchPath('/orders/:id', path));
});
