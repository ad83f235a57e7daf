/** What somebody may do: look; look and act; or, of another replica, what replicas do for each other. */
export type Role = 'read' | 'operate' | 'peer';

/** Whom a request comes from. */
export interface Identity {
  readonly role: Role;
  /** Shown beside what they do; 1 to 200 characters. */
  readonly name: string;
}

/** Who somebody is, by the application's own authentication. */
export interface AuthenticatedUser {
  readonly role: 'read' | 'operate';
  /** Shown beside what they do; cut after 200 characters. @defaultValue the role */
  readonly name?: string;
}

/** What the application's own authentication sees of a request. */
export interface AuthenticationRequest {
  readonly method: string;
  /** Path and query, without the path that the page is mounted at. */
  readonly url: string;
  readonly headers: Headers;
  /** Where the browser is: where the connection comes from, or what trusted proxies say; see `trustProxy`. */
  readonly address: string | undefined;
}

/**
 * The application's own authentication: says who somebody is, or nothing for who may not see the page. What it throws or
 * rejects with refuses the request, and is told to `onError`.
 */
export type Authenticate = (
  request: AuthenticationRequest,
) => AuthenticatedUser | undefined | Promise<AuthenticatedUser | undefined>;
