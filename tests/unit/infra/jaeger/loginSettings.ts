import type { LoginSettings } from '../../../../infra/jaeger/login.ts';

/** A log-in to a host of its own; a case changes one thing. */
export const login: LoginSettings = {
  issuerUrl: 'https://login.example/realms/main',
  clientId: 'tracing',
  secret: { name: 'ui-login', clientSecretKey: 'client', cookieSecretKey: 'cookie' },
  emailDomains: ['example.com'],
  groups: [],
  host: 'ui.example.com',
};
