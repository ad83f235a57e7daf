import { BatchV1Api, CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';

const JOB_SECONDS = 90;

/**
 * Runs a CronJob now, as `kubectl create job --from=cronjob/NAME` does, and waits until its Job has succeeded.
 * @throws Error with the pods' logs when it fails, or does not end within 90 s.
 */
export async function runCronJob(kube: KubeConfig, namespace: string, name: string): Promise<void> {
  const batch = kube.makeApiClient(BatchV1Api);
  const { spec, metadata } = await batch.readNamespacedCronJob({ namespace, name });
  const job = `${name}-now-${Date.now().toString(36)}`;
  const { metadata: template, spec: work } = spec.jobTemplate;
  if (work === undefined) throw new Error(`CronJob ${name} has no template of a Job`);
  const labels = template?.labels ?? {};
  const ownerReferences = [
    { apiVersion: 'batch/v1', kind: 'CronJob', name, uid: metadata?.uid ?? '', controller: true },
  ];
  const body = { metadata: { name: job, namespace, labels, ownerReferences }, spec: work };
  await batch.createNamespacedJob({ namespace, body });
  const deadline = Date.now() + JOB_SECONDS * 1000;
  for (;;) {
    const { status } = await batch.readNamespacedJob({ namespace, name: job });
    if ((status?.succeeded ?? 0) > 0) {
      await batch.deleteNamespacedJob({ namespace, name: job, propagationPolicy: 'Background' });
      return;
    }
    if ((status?.failed ?? 0) > 0 || Date.now() > deadline)
      throw new Error(`job ${job} did not succeed:\n${await jobLogs(kube, namespace, job)}`);
    await sleep(250);
  }
}

async function jobLogs(kube: KubeConfig, namespace: string, job: string): Promise<string> {
  const core = kube.makeApiClient(CoreV1Api);
  const { items } = await core.listNamespacedPod({ namespace, labelSelector: `job-name=${job}` });
  const logs = items.map(({ metadata }) =>
    core.readNamespacedPodLog({ namespace, name: metadata?.name ?? '' }).catch(String),
  );
  return (await Promise.all(logs)).join('\n');
}
