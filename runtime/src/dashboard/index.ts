export { createDashboard } from './createDashboard.ts';
export type { Dashboard, FastifyMount, FastifyMountReply, ListeningDashboard } from './dashboard.ts';
export type { DashboardAuthentication, DashboardOptions } from './dashboardOptions.ts';
export type { PeersOptions } from './peers/peersOptions.ts';
export type { AuthenticatedUser, Authenticate, AuthenticationRequest } from './server/authentication/identity.ts';
export type { JaegerQueryOptions } from './traces/jaegerQueryOptions.ts';
