import type { Check } from '../../check.ts';
import { alertmanagersData, askPrometheus } from './askPrometheus.ts';

/** Alerts have somebody to be told. */
export const prometheusAlertmanagers: Check = {
  id: 'prometheus-alertmanagers',
  component: 'monitoring',
  title: 'Prometheus tells an Alertmanager of its alerts',
  needs: ['prometheus'],
  run: async ({ deployment, signal }) => {
    const { activeAlertmanagers } = await askPrometheus(deployment, 'api/v1/alertmanagers', alertmanagersData, signal);
    const subject = 'Alertmanagers of the Prometheus';
    const expected = 'at least one';
    if (activeAlertmanagers.length > 0) {
      const found = activeAlertmanagers.map(({ url }) => new URL(url).host).join(', ');
      return [{ outcome: 'ok', subject, expected, found }];
    }
    return [
      {
        outcome: 'failed',
        subject,
        expected,
        found: 'none',
        mend: "name one in Prometheus' configuration (`alerting.alertmanagers`): alerts are evaluated, and nobody is told",
      },
    ];
  },
};
