import type { CodesByCategory } from '../codeTable.ts';

/**
 * Names of the operating system's errors, where the system call does not say more.
 *
 * Sources: Node.js documentation, "Errors", "Common system errors"; libuv documentation, "Error handling"; errno(3).
 */
export const SYSTEM_ERROR_CODES: CodesByCategory = {
  system: [
    'E2BIG',
    'EACCES',
    'EADDRINUSE',
    'EAGAIN',
    'EBADF',
    'EBUSY',
    'ECHILD',
    'EDEADLK',
    'EDOM',
    'EDQUOT',
    'EEXIST',
    'EFAULT',
    'EFBIG',
    'EFTYPE',
    'EILSEQ',
    'EINTR',
    'EINVAL',
    'EIO',
    'EISDIR',
    'ELOOP',
    'EMFILE',
    'EMLINK',
    'ENAMETOOLONG',
    'ENFILE',
    'ENODEV',
    'ENOENT',
    'ENOEXEC',
    'ENOLCK',
    'ENOMEM',
    'ENOSPC',
    'ENOSYS',
    'ENOTBLK',
    'ENOTDIR',
    'ENOTEMPTY',
    'ENOTSUP',
    'ENOTTY',
    'ENXIO',
    'EOPNOTSUPP',
    'EOVERFLOW',
    'EPERM',
    'ERANGE',
    'EROFS',
    'ESPIPE',
    'ESRCH',
    'ESTALE',
    'ETXTBSY',
    'EXDEV',
    'MODULE_NOT_FOUND',
  ],
  network: [
    'EADDRNOTAVAIL',
    'EAFNOSUPPORT',
    'EALREADY',
    'ECONNABORTED',
    'ECONNREFUSED',
    'ECONNRESET',
    'EDESTADDRREQ',
    'EHOSTDOWN',
    'EHOSTUNREACH',
    'EINPROGRESS',
    'EISCONN',
    'EMSGSIZE',
    'ENETDOWN',
    'ENETRESET',
    'ENETUNREACH',
    'ENOBUFS',
    'ENONET',
    'ENOPROTOOPT',
    'ENOTCONN',
    'ENOTSOCK',
    'EPIPE',
    'EPROTO',
    'EPROTONOSUPPORT',
    'EPROTOTYPE',
    'EREMOTEIO',
    'ESHUTDOWN',
    'ESOCKETTIMEDOUT',
    'ETIMEDOUT',
    'EUNATCH',
  ],
};

/**
 * System calls that say more than the error's name. A port that is taken or not allowed, a process that cannot be started or
 * takes too long is the machine's matter, whatever the name; a host that is not found is the network's.
 *
 * Source: Node.js, lib/net.js, lib/dgram.js, lib/child_process.js, lib/dns.js and lib/internal/dns/utils.js.
 */
export const SYSTEM_CALLS: CodesByCategory = {
  system: ['bind', 'listen', 'kill', 'fork', 'uv_spawn', 'uv_setsockname'],
  network: ['connect', 'getaddrinfo', 'getnameinfo', 'send', 'recv', 'sendmsg', 'recvmsg', 'setTypeOfService'],
};

/** The same by how they begin: `spawn`, `spawnSync git` and the requests to a name server, `queryA` to `queryTxt`. */
export const SYSTEM_CALL_PREFIXES: CodesByCategory = { system: ['spawn'], network: ['query'] };
