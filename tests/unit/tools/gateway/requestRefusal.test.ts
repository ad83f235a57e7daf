import { expect, it } from 'vitest';
import { pageTarget, queryTarget } from '../../../../tools/gateway/gatewayTarget.ts';
import { refusalOf } from '../../../../tools/gateway/requestRefusal.ts';

const { methods } = queryTarget;
const host = '127.0.0.1:16686';
const get = { method: 'GET', url: '/api/services', headers: { host } };
const post = { method: 'POST', url: '/api/archive/abc', headers: { host } };

it.each(['localhost', 'localhost:16686', '127.0.0.1', '[::1]:16686'])('answers under the name %s', (name) => {
  expect(refusalOf({ ...get, headers: { host: name } }, methods)).toBeUndefined();
});

it.each(['evil.example:16686', 'localhost.evil.example', '', undefined])('refuses the name %s', (name) => {
  expect(refusalOf({ ...get, headers: name === undefined ? {} : { host: name } }, methods)?.status).toBe(403);
});

it.each(['//', '//evil.example/', 'http://evil.example/', '*', '', 'api'])('refuses the target "%s"', (url) => {
  expect(refusalOf({ ...get, url }, methods)?.status).toBe(400);
});

it('checks the name before the target', () => {
  expect(refusalOf({ ...get, url: '//', headers: { host: 'evil.example' } }, methods)?.status).toBe(403);
});

it.each(['GET', 'HEAD', 'OPTIONS', 'POST'])('serves %s', (method) => {
  expect(refusalOf({ ...get, method }, methods)).toBeUndefined();
});

it.each(['PUT', 'DELETE', 'PATCH', 'TRACE'])('refuses %s, naming what is allowed', (method) => {
  expect(refusalOf({ ...get, method }, methods)).toEqual({
    status: 405,
    text: `method ${method} is not served; allowed: GET, HEAD, OPTIONS, POST`,
    headers: { allow: 'GET, HEAD, OPTIONS, POST' },
  });
});

it.each([
  { 'sec-fetch-site': 'same-origin', origin: `http://${host}` },
  { 'sec-fetch-site': 'none' },
  { origin: `http://${host}` },
])('lets its own page and programs change things: %j', (headers) => {
  expect(refusalOf({ ...post, headers: { host, ...headers } }, methods)).toBeUndefined();
});

it.each([
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:8080' },
  { origin: 'http://evil.example' },
  { origin: 'null' },
])('refuses a change from a page of another origin: %j', (headers) => {
  expect(refusalOf({ ...post, headers: { host, ...headers } }, methods)?.status).toBe(403);
});

it('lets the page of an application be logged out of, by itself alone', () => {
  const leave = { method: 'DELETE', url: '/api/v1/session', headers: { host } };
  expect(refusalOf(leave, pageTarget.methods)).toBeUndefined();
  const foreign = { ...leave, headers: { host, origin: 'http://evil.example' } };
  expect(refusalOf(foreign, pageTarget.methods)?.status).toBe(403);
});
