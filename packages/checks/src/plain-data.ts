import { firstFinding, type Finding } from './check.js';

/**
 * Looks for what neither JSON nor another thread can hold: functions, class instances, undefined, NaN and infinities.
 */
export function findForeignValue(value: unknown, path = 'the model'): Finding {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return undefined;
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : `${path} is ${value} (expected a finite number)`;
  }
  if (value instanceof Float64Array || value instanceof Int32Array || value instanceof Uint8Array) {
    const wrong = value.findIndex((item) => !Number.isFinite(item));
    return wrong < 0 ? undefined : `${path}[${wrong}] is ${value[wrong]} (expected a finite number)`;
  }
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return firstFinding([...items.entries()], ([i, item]) => findForeignValue(item, `${path}[${i}]`));
  }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return firstFinding(Object.entries(value), ([key, item]) => findForeignValue(item, `${path}.${key}`));
  }
  return `${path} is ${typeof value === 'object' ? 'an instance of a class' : typeof value} (expected plain data)`;
}
