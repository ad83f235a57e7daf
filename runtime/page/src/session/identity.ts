/** What somebody may do. */
export type Role = 'read' | 'operate';

/** Whom the server takes the browser for. */
export interface Identity {
  readonly role: Role;
  readonly name: string;
  /** Whether there is a token to forget; where the application says who somebody is, there is none. */
  readonly canLeave: boolean;
}
