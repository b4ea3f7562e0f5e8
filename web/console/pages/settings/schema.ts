import type { JsonSchema } from '../../../api/types.ts';

export type FieldKind = 'group' | 'boolean' | 'integer' | 'number' | 'enum' | 'list' | 'json' | 'text';

/** Which control a value of this schema gets; anything unforeseen is edited as JSON rather than lost. */
export function typeOf(schema: JsonSchema): FieldKind {
  const type = Array.isArray(schema.type) ? schema.type.find((name) => name !== 'null') : schema.type;
  if (schema.enum) return 'enum';
  if (type === 'object') return schema.properties ? 'group' : 'json';
  if (type === 'array') return schema.items?.type === 'string' && !schema.items.enum ? 'list' : 'json';
  if (type === 'boolean' || type === 'integer' || type === 'number') return type;
  return type === 'string' ? 'text' : 'json';
}

type Values = Record<string, unknown>;

function mapJson(schema: JsonSchema, values: Values, change: (value: unknown) => unknown): Values {
  const out: Values = { ...values };
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (!(name in out)) continue;
    const kind = typeOf(property);
    if (kind === 'group') out[name] = mapJson(property, (out[name] ?? {}) as Values, change);
    else if (kind === 'json') out[name] = change(out[name]);
  }
  return out;
}

/** Values as the form holds them: structures without a control of their own are JSON text. */
export const toFormValues = (schema: JsonSchema, values: Values): Values =>
  mapJson(schema, values, (value) => JSON.stringify(value, null, 2));

/** And back; text that is no JSON is sent as it is, for the server to refuse in its own words. */
export const fromFormValues = (schema: JsonSchema, values: Values): Values =>
  mapJson(schema, values, (text) => {
    try {
      return JSON.parse(String(text)) as unknown;
    } catch {
      return text;
    }
  });
