import type { DefinedAction } from '../api/action.ts';
import type { PartsSource } from '../api/partsSource.ts';
import type { DefinedView } from '../api/view.ts';
import type { LiveHub } from '../live/liveHub.ts';
import type { ViewSource } from '../viewSource.ts';
import type { Answers } from './answers.ts';
import type { Authentication } from './authentication/requestIdentity.ts';
import type { WrongTokens } from './authentication/wrongTokens.ts';
import type { ClientLimits } from './clientLimits.ts';
import type { PageFiles } from './pageFiles.ts';
import type { AllowedHosts } from './requestOrigin.ts';

/** Everything that routes are made of. */
export interface AppContext {
  readonly views: readonly DefinedView[];
  readonly actions: readonly DefinedAction[];
  readonly source: ViewSource;
  /** This instance alone: what peers are told. */
  readonly ownParts: PartsSource;
  /** All instances: what people are told. */
  readonly parts: PartsSource;
  readonly answers: Answers;
  readonly live: LiveHub;
  readonly authentication: Authentication;
  /** Of all requests, by address. */
  readonly requestLimits: ClientLimits;
  readonly wrongTokens: WrongTokens;
  readonly hosts: AllowedHosts;
  /** Read when they are asked for first. */
  readonly pageFiles: () => Promise<PageFiles>;
  /** Whether the page was stopped: then nothing is answered but that. */
  readonly isStopped: () => boolean;
  /** Gets what goes wrong inside. */
  readonly onError: (error: Error) => void;
}
