import { describe, expect, it } from 'vitest';
import { isSensitiveKey } from '../../../../runtime/src/core/sensitiveKey.ts';

describe('isSensitiveKey', () => {
  it.each([
    'password',
    'userPassword',
    'PASSWORD_HASH',
    'db-passwd',
    'pwd',
    'dbpwd',
    'sig',
    'x-hub-signature-256',
    'secret',
    'clientSecret',
    'accessToken',
    'X-Auth-Token',
    'Authorization',
    'proxy-authorization',
    'Cookie',
    'set-cookie',
    'sessionId',
    'PHPSESSID',
    'apiKey',
    'API_KEY',
    'x-api-key',
    'APIKey',
    'privateKey',
    'awsSecretAccessKey',
    'card',
    'creditCard',
    'cardNumber',
    'card_no',
    'cvv2',
    'iban',
    'userPIN',
    'jwt',
    'credentials',
    'pass2_word',
    'backupCodes',
    'recovery_code',
    'userPins',
    'otps',
    'wifi_psk',
    'mnemonic',
    'seed-phrase',
    'to-ken',
  ])('says yes to %s', (key) => {
    expect(isSensitiveKey(key)).toBe(true);
  });

  it.each([
    'user',
    'author',
    'discard',
    'spinner',
    'spins',
    'expansion',
    'statusCode',
    'shoppingBasket',
    'key',
    'keyword',
    'company',
    'compass',
    'id',
    '',
    '_',
  ])('says no to "%s"', (key) => {
    expect(isSensitiveKey(key)).toBe(false);
  });

  it('judges a key of any length by its beginning', () => {
    expect(isSensitiveKey('x'.repeat(10_000_000))).toBe(false);
    expect(isSensitiveKey(`password${'-'.repeat(10_000_000)}`)).toBe(true);
  });
});
