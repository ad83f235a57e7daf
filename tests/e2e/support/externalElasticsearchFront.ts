import { createHash } from 'node:crypto';
import type { KeyAndCertificate } from '../../../tools/cluster/pki/certificateAuthority.ts';

/** What the nginx before the Elasticsearch of the tests asks for and shows. */
export interface ElasticsearchFront {
  readonly certificate: KeyAndCertificate;
  /** Only clients that this authority has certified get an answer. PEM. */
  readonly clientAuthority: string;
  readonly username: string;
  readonly password: string;
  /**
   * A stand-in for a server of another version: nginx writes this version into the greeting of the real 7.17.10. What is
   * behind it stays an Elasticsearch 7.
   */
  readonly claimedVersion?: string | undefined;
}

/** Where {@link frontFiles} are mounted. */
export const frontDirectory = '/etc/front';

/** nginx' configuration and what it reads, by file name. */
export function frontFiles(front: ElasticsearchFront, upstream: string): Readonly<Record<string, string>> {
  return {
    'nginx.conf': nginxConfiguration(front, upstream),
    'tls.crt': front.certificate.certificate,
    'tls.key': front.certificate.key,
    'client-ca.crt': front.clientAuthority,
    htpasswd: `${front.username}:${saltedHash(front.password)}\n`,
  };
}

// Everything that nginx writes goes to /tmp: the root file system is read-only. Its own error page for a missing or foreign
// client certificate has status 400.
function nginxConfiguration({ claimedVersion }: ElasticsearchFront, upstream: string): string {
  return `
worker_processes 1;
daemon off;
pid /tmp/nginx.pid;
error_log stderr info;
events { worker_connections 256; }
http {
  access_log /dev/stdout;
  client_body_temp_path /tmp/body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  client_max_body_size 64m;
  server {
    listen 9200 ssl;
    ssl_certificate ${frontDirectory}/tls.crt;
    ssl_certificate_key ${frontDirectory}/tls.key;
    ssl_client_certificate ${frontDirectory}/client-ca.crt;
    ssl_verify_client on;
    auth_basic "elasticsearch";
    auth_basic_user_file ${frontDirectory}/htpasswd;
    location / {
      proxy_pass ${upstream};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Authorization "";
      proxy_set_header Accept-Encoding "";
      ${claimedVersion === undefined ? '' : versionFilter(claimedVersion)}
    }
  }
}
`.trimStart();
}

function versionFilter(claimedVersion: string): string {
  return `sub_filter '"number" : "7.17.10"' '"number" : "${claimedVersion}"'; sub_filter_types application/json;`;
}

/** SSHA, the one salted form that nginx checks by itself whatever the C library can. */
function saltedHash(password: string): string {
  const salt = createHash('sha256').update(`salt of ${password}`).digest().subarray(0, 8);
  const digest = createHash('sha1').update(password).update(salt).digest();
  return `{SSHA}${Buffer.concat([digest, salt]).toString('base64')}`;
}
