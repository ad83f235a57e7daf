import type { LiveStream } from '../live/liveHub.ts';
import type { Identity } from './authentication/identity.ts';

/** What is known of a request beside its Request: from the connection, and from the server that the page is mounted in. */
export interface RequestEnvironment {
  /** Where the browser is: where the connection comes from, or what trusted proxies say; see `trustProxy`. */
  readonly address: string | undefined;
  /** Path that the page is mounted at, without a slash at its end. */
  readonly mount: string;
  /** Whether the browser came by HTTPS. */
  readonly isSecure: boolean;
  /** Whether the address that was asked for ends without the slash that relative addresses need. */
  readonly lacksSlash: boolean;
  /** What a parser of the application's made of the body before; `undefined` where the body is there to be read. */
  readonly parsedBody: unknown;
  /** Takes the response over: what is sent from now on is a stream. `onEnd` is called once, when the viewer has gone. */
  readonly openStream: (headers: Readonly<Record<string, string>>, onEnd: () => void) => LiveStream;
  /** The answer that tells the server that the response was taken over. */
  readonly taken: Response;
}

/** What handlers of the application get. */
export interface AppEnvironment {
  readonly Bindings: RequestEnvironment;
  readonly Variables: {
    identity: Identity;
    /** Tells sessions apart, and of who has none, addresses. */
    viewer: string;
  };
}
