import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Namespace, PersistentVolumeClaim, Service, ServiceAccount } from 'kubernetes-models/v1';

/** An object as it is sent to a cluster. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface Validated {
  validate(): void;
}

const kinds: Readonly<Record<string, { readonly prototype: Validated }>> = {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  Namespace,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  Service,
  ServiceAccount,
};

/**
 * What Kubernetes' own schema says against an object: wrong types, missing fields, and fields that there are none of.
 *
 * The schema lets unknown fields pass, as servers long did, so a misspelled probe would go unnoticed. It never looks at them
 * either, and that is noticed here.
 */
export function schemaProblems(object: KubernetesObject): readonly string[] {
  if (!Object.hasOwn(kinds, object.kind)) return [`no schema of ${object.kind} is loaded`];
  const unseen = new Set<string>();
  try {
    // A constructor would read every field, to copy it.
    Reflect.apply(kinds[object.kind].prototype.validate, watched(object, '', unseen), []);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  return [...unseen].sort().map((path) => `${path} is no field`);
}

/** The same value, but every key that nobody reads stays in `unseen`. */
function watched(value: unknown, path: string, unseen: Set<string>): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: unknown, i) => watched(item, `${path}/${i}`, unseen));
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      unseen.add(`${path}/${key}`);
      return [key, watched(item, `${path}/${key}`, unseen)];
    }),
  );
  return new Proxy(copy, {
    get(target, key, receiver): unknown {
      unseen.delete(`${path}/${String(key)}`);
      return Reflect.get(target, key, receiver);
    },
  });
}
