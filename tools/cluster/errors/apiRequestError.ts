/** Thrown when the Kubernetes API answers a request with an error. */
export class ApiRequestError extends Error {
  override readonly name = 'ApiRequestError';
  readonly statusCode: number;

  constructor(method: string, path: string, statusCode: number, body: string) {
    super(`The Kubernetes API answered ${method} ${path} with ${String(statusCode)}: ${body.slice(0, 500)}`);
    this.statusCode = statusCode;
  }
}
