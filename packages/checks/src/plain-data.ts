import { firstFinding, type Finding } from './check.js';

/**
 * Looks for what neither JSON nor another thread can hold: functions, class instances, undefined, NaN, infinities and
 * the negative zero.
 */
export function findForeignValue(value: unknown, path = 'the model'): Finding {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return undefined;
  if (typeof value === 'number') return judgeNumber(value, path);
  if (value instanceof Float64Array || value instanceof Int32Array || value instanceof Uint8Array) {
    const wrong = value.findIndex((item) => judgeNumber(item, path) !== undefined);
    return wrong < 0 ? undefined : judgeNumber(value[wrong], `${path}[${wrong}]`);
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

function judgeNumber(value: number, path: string): Finding {
  if (!Number.isFinite(value)) return `${path} is ${value} (expected a finite number)`;
  return Object.is(value, -0) ? `${path} is -0 (expected 0, the only zero of JSON: add 0 to it)` : undefined;
}
