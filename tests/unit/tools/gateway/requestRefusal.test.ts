import { expect, it } from 'vitest';
import { refusalOf } from '../../../../tools/gateway/requestRefusal.ts';

const host = '127.0.0.1:16686';
const get = { method: 'GET', url: '/api/services', headers: { host } };
const post = { method: 'POST', url: '/api/archive/abc', headers: { host } };

it.each(['localhost', 'localhost:16686', '127.0.0.1', '[::1]:16686'])('answers under the name %s', (name) => {
  expect(refusalOf({ ...get, headers: { host: name } })).toBeUndefined();
});

it.each(['evil.example:16686', 'localhost.evil.example', '', undefined])('refuses the name %s', (name) => {
  expect(refusalOf({ ...get, headers: name === undefined ? {} : { host: name } })?.status).toBe(403);
});

it.each(['//', '//evil.example/', 'http://evil.example/', '*', '', 'api'])('refuses the target "%s"', (url) => {
  expect(refusalOf({ ...get, url })?.status).toBe(400);
});

it('checks the name before the target', () => {
  expect(refusalOf({ ...get, url: '//', headers: { host: 'evil.example' } })?.status).toBe(403);
});

it.each(['GET', 'HEAD', 'OPTIONS', 'POST'])('serves %s', (method) => {
  expect(refusalOf({ ...get, method })).toBeUndefined();
});

it.each(['PUT', 'DELETE', 'PATCH', 'TRACE'])('refuses %s, naming what is allowed', (method) => {
  expect(refusalOf({ ...get, method })).toEqual({
    status: 405,
    text: `method ${method} is not served; allowed: GET, HEAD, OPTIONS, POST`,
  });
});

it.each([
  { 'sec-fetch-site': 'same-origin', origin: `http://${host}` },
  { 'sec-fetch-site': 'none' },
  { origin: `http://${host}` },
])('lets its own page and programs change things: %j', (headers) => {
  expect(refusalOf({ ...post, headers: { host, ...headers } })).toBeUndefined();
});

it.each([
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:8080' },
  { origin: 'http://evil.example' },
  { origin: 'null' },
])('refuses a change from a page of another origin: %j', (headers) => {
  expect(refusalOf({ ...post, headers: { host, ...headers } })?.status).toBe(403);
});
