import { Secret } from '../../../core/secret.ts';
import type { Credentials, JaegerHttpConfig } from '../../export/exporterConfig.ts';
import { candidatesOf, type How, OPTIONS } from './candidates.ts';
import { type ConfigurationReader, DEFAULT } from './configurationReader.ts';
import {
  COLLECTOR_PASSWORD,
  COLLECTOR_TOKEN,
  COLLECTOR_URL,
  COLLECTOR_USERNAME,
} from '../settings/exporterSettings.ts';

type Basic = Extract<Credentials, { readonly username: string }>;

/** Where the collector takes thrift over HTTP, and what it is shown. */
export function readCollector(reader: ConfigurationReader): JaegerHttpConfig {
  const found = reader.peek(COLLECTOR_URL);
  const source = found?.source ?? DEFAULT;
  const { url, userInfo } = withoutUserInfo(found?.value ?? COLLECTOR_URL.fallback);
  // By itself it may well be a token, and a user name is shown.
  if (found !== undefined && userInfo?.password.reveal() === '')
    reader.refuse(COLLECTOR_URL, found, { allowed: 'an URL with a user name and a password, or with neither' });
  reader.note(COLLECTOR_URL, url, source);
  const credentials = readCredentials(reader) ?? userInfo;
  if (credentials !== undefined && credentials === userInfo) noteBasic(reader, userInfo, source);
  return { kind: 'jaeger-http', url, ...(credentials === undefined ? {} : { credentials }) };
}

/**
 * The variable that says where the collector is, if it is one of those whose presence means HTTP. Ours is not: a stack's
 * block of variables has it beside the agent's.
 */
export function jaegerEndpointVariable({ sources }: ConfigurationReader): string | undefined {
  return candidatesOf(COLLECTOR_URL, { ...sources, stackOutputs: undefined })
    .map(({ source }) => source)
    .find((source) => source !== OPTIONS && source !== 'TRACEWRIGHT_COLLECTOR_URL');
}

/** Credentials given by themselves. Those of the options stand alone: half of them is no reason to look elsewhere. */
function readCredentials(reader: ConfigurationReader): Credentials | undefined {
  const how = { optionsOnly: reader.sources.options.collectorCredentials !== undefined };
  const token = reader.find(COLLECTOR_TOKEN, how);
  const basic = readBasic(reader, how);
  if (token === undefined) return basic;
  if (basic === undefined) return { token: token.value };
  reader.refuse(COLLECTOR_TOKEN, token, { allowed: 'either a token, or a user name and a password' });
  return undefined;
}

/** A user name and a password: both, or neither. */
function readBasic(reader: ConfigurationReader, how: How): Basic | undefined {
  const isGiven = [COLLECTOR_USERNAME, COLLECTOR_PASSWORD].some(
    (setting) => candidatesOf<unknown>(setting, reader.sources, how).length > 0,
  );
  if (!isGiven) return undefined;
  return {
    username: reader.require(COLLECTOR_USERNAME, '', how),
    password: reader.require(COLLECTOR_PASSWORD, new Secret(''), how),
  };
}

function noteBasic(reader: ConfigurationReader, { username, password }: Basic, source: string): void {
  reader.note(COLLECTOR_USERNAME, username, `${source}: the URL`);
  reader.note(COLLECTOR_PASSWORD, password, `${source}: the URL`);
}

function withoutUserInfo(address: string): { readonly url: string; readonly userInfo?: Basic } {
  const url = new URL(address);
  const { username, password } = url;
  if (username === '' && password === '') return { url: address };
  url.username = '';
  url.password = '';
  return { url: url.href, userInfo: { username: decoded(username), password: new Secret(decoded(password)) } };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A bare percent sign is one that nobody encoded.
    return text;
  }
}
