import type { AlertRule } from '../alertRule.ts';
import { namespaceOf, type MonitoredStack, type ScrapedComponent } from '../monitoredStack.ts';
import { inNamespace, podsOf } from '../promql.ts';

/**
 * That not one pod of a component answers. Where there is none at all, there is no series of it either: hence `absent`, which of
 * a comparison knows no labels.
 */
export function noneAnswers(
  component: ScrapedComponent,
  stack: MonitoredStack,
): Pick<AlertRule, 'severity' | 'expr' | 'forMinutes'> {
  return {
    severity: 'critical',
    expr: inNamespace(`absent(up{${podsOf(component, stack)}} == 1)`, namespaceOf(component, stack)),
    forMinutes: 5,
  };
}
