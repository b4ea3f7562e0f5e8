import type { FieldError } from './problem.ts';

/** A form library's address of a field: `['lines', 0, 'sku']`. */
export type FieldName = (string | number)[];

/** `lines[0].shipTo.phone` → `['lines', 0, 'shipTo', 'phone']`; also reads `lines.0.sku` and JSON pointers. */
export function parsePath(path: string): FieldName {
  const dotted = path.startsWith('/') ? path.slice(1).replaceAll('/', '.') : path;
  return dotted
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

export type PlacedErrors = {
  /** Messages beside the fields they belong to, several per field allowed. */
  fields: { name: FieldName; errors: string[] }[];
  /** What no field of the form can show; listed above the form, so that nothing is lost. */
  rest: FieldError[];
};

/**
 * Shares a problem's errors over the fields of a form. An error deeper than a field (`price.amount` when the form has
 * `price`) goes to the nearest field above it; `rename` maps paths of the request to fields of the form first.
 */
export function placeErrors(
  errors: readonly FieldError[],
  known: readonly FieldName[],
  rename: (name: FieldName) => FieldName = (name) => name,
): PlacedErrors {
  const names = new Map(known.map((name) => [JSON.stringify(name), name]));
  const placed = new Map<string, { name: FieldName; errors: string[] }>();
  const rest: FieldError[] = [];
  for (const error of errors) {
    let name = rename(parsePath(error.path));
    while (name.length > 0 && !names.has(JSON.stringify(name))) name = name.slice(0, -1);
    if (name.length === 0) {
      rest.push(error);
      continue;
    }
    const key = JSON.stringify(name);
    const field = placed.get(key) ?? { name, errors: [] };
    if (!field.errors.includes(error.message)) field.errors.push(error.message);
    placed.set(key, field);
  }
  return { fields: [...placed.values()], rest };
}
