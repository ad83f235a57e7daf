import type { KubeConfig } from '@kubernetes/client-node';
import { serviceNames } from '../../../infra/jaeger/endpoints.ts';
import { clusterProcessIds } from '../../../tools/cluster/clusterMemory.ts';
import { readProc } from '../../../tools/process/processIdentity.ts';
import { listPods } from './namespacePods.ts';

/**
 * Stops the processes of a stack's own Elasticsearch where they are: it answers nobody and refuses nobody, as a node under a
 * long garbage collection does. Disposing of it lets them go on.
 *
 * @param cgroupName - of the local cluster
 */
export async function pauseElasticsearch(kube: KubeConfig, cgroupName: string, namespace: string): Promise<Disposable> {
  const pods = await listPods(kube, namespace);
  const pod = pods.find(({ metadata }) => metadata?.labels?.['app.kubernetes.io/name'] === serviceNames.elasticsearch);
  const uid = pod?.metadata?.uid;
  if (uid === undefined) throw new Error(`no Elasticsearch runs in ${namespace}`);
  const isOfPod = (pid: string): boolean => (readProc(`/proc/${pid}/cgroup`) ?? '').includes(uid);
  const processes = clusterProcessIds(cgroupName).filter(isOfPod).map(Number);
  if (processes.length === 0) throw new Error(`pod ${uid} has no process`);
  for (const pid of processes) process.kill(pid, 'SIGSTOP');
  return {
    [Symbol.dispose]: () => {
      for (const pid of processes) process.kill(pid, 'SIGCONT');
    },
  };
}
