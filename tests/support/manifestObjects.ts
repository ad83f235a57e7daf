import { parseAllDocuments } from 'yaml';
import { objectsOf, type KubernetesObject } from '../../policies/kubernetes/object.ts';

/** The objects of YAML documents. @throws Error for what is no YAML. */
export function manifestObjects(yaml: string): readonly KubernetesObject[] {
  return parseAllDocuments(yaml).flatMap((document, index) => {
    if (document.errors.length > 0) throw new Error(`document ${index + 1}: ${String(document.errors[0])}`);
    return objectsOf(document.toJS(), { file: 'manifest.yaml', line: 1 }, `document-${index + 1}`);
  });
}
