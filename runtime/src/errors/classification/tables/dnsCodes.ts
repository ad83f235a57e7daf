import type { CodesByCategory } from '../codeTable.ts';

/**
 * What a name server or its client answers. `ECONNREFUSED` is among the operating system's.
 *
 * Sources: Node.js documentation, "DNS", "Error codes"; getaddrinfo(3) for `EAI_…`.
 */
export const DNS_CODES: CodesByCategory = {
  network: [
    'EADDRGETNETWORKPARAMS',
    'EAI_ADDRFAMILY',
    'EAI_AGAIN',
    'EAI_BADFLAGS',
    'EAI_BADHINTS',
    'EAI_CANCELED',
    'EAI_FAIL',
    'EAI_FAMILY',
    'EAI_NODATA',
    'EAI_NONAME',
    'EAI_OVERFLOW',
    'EAI_PROTOCOL',
    'EAI_SERVICE',
    'EAI_SOCKTYPE',
    'EBADFAMILY',
    'EBADFLAGS',
    'EBADHINTS',
    'EBADNAME',
    'EBADQUERY',
    'EBADRESP',
    'EBADSTR',
    'ECANCELLED',
    'EDESTRUCTION',
    'EFORMERR',
    'ELOADIPHLPAPI',
    'ENODATA',
    'ENONAME',
    'ENOTFOUND',
    'ENOTIMP',
    'ENOTINITIALIZED',
    'EOF',
    'EREFUSED',
    'ESERVFAIL',
    'ETIMEOUT',
  ],
  system: ['EAI_MEMORY', 'EFILE'],
};
