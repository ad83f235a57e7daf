import type { ErrorCategory } from '../../errorCategory.ts';

/**
 * What a status tells that the application itself answers. 500 tells nothing; 404 is something that is not there, 409 and
 * 423 a state that does not allow it, 429 a limit of the application's own, 503 an overload of its own.
 *
 * Sources: RFC 9110, section 15; RFC 6585 (428, 429, 431, 511); RFC 4918 (422 to 424, 507); RFC 7725 (451).
 */
export const OWN_STATUSES: ReadonlyMap<number, ErrorCategory> = new Map<number, ErrorCategory>([
  [400, 'validation'],
  [401, 'authentication'],
  [402, 'business_logic'],
  [403, 'authentication'],
  [404, 'business_logic'],
  [405, 'validation'],
  [406, 'validation'],
  [407, 'authentication'],
  [408, 'network'],
  [409, 'business_logic'],
  [410, 'business_logic'],
  [411, 'validation'],
  [412, 'business_logic'],
  [413, 'validation'],
  [414, 'validation'],
  [415, 'validation'],
  [416, 'validation'],
  [417, 'validation'],
  [421, 'network'],
  [422, 'validation'],
  [423, 'business_logic'],
  [424, 'external_service'],
  [425, 'business_logic'],
  [426, 'validation'],
  [428, 'validation'],
  [429, 'business_logic'],
  [431, 'validation'],
  [451, 'business_logic'],
  [499, 'network'],
  [501, 'system'],
  [502, 'external_service'],
  [503, 'system'],
  [504, 'external_service'],
  [507, 'system'],
  [508, 'system'],
  [511, 'authentication'],
]);

/**
 * Classes of http-errors, whose objects have their status from their class.
 *
 * Source: http-errors documentation, "List of all constructors".
 */
export const OWN_STATUS_CLASSES: Readonly<Record<string, number>> = {
  BadRequestError: 400,
  UnauthorizedError: 401,
  PaymentRequiredError: 402,
  ForbiddenError: 403,
  NotFoundError: 404,
  MethodNotAllowedError: 405,
  NotAcceptableError: 406,
  ProxyAuthenticationRequiredError: 407,
  RequestTimeoutError: 408,
  ConflictError: 409,
  GoneError: 410,
  LengthRequiredError: 411,
  PreconditionFailedError: 412,
  PayloadTooLargeError: 413,
  URITooLongError: 414,
  UnsupportedMediaTypeError: 415,
  RangeNotSatisfiableError: 416,
  ExpectationFailedError: 417,
  MisdirectedRequestError: 421,
  UnprocessableEntityError: 422,
  LockedError: 423,
  FailedDependencyError: 424,
  TooEarlyError: 425,
  UpgradeRequiredError: 426,
  PreconditionRequiredError: 428,
  TooManyRequestsError: 429,
  RequestHeaderFieldsTooLargeError: 431,
  UnavailableForLegalReasonsError: 451,
  NotImplementedError: 501,
  BadGatewayError: 502,
  ServiceUnavailableError: 503,
  GatewayTimeoutError: 504,
  InsufficientStorageError: 507,
  LoopDetectedError: 508,
  NetworkAuthenticationRequiredError: 511,
};

/** What a status tells that somebody else answers: who may come in, and all else is the other's. */
export const ANSWERED_STATUSES: ReadonlyMap<number, ErrorCategory> = new Map<number, ErrorCategory>([
  [401, 'authentication'],
  [403, 'authentication'],
  [407, 'authentication'],
  [511, 'authentication'],
]);
