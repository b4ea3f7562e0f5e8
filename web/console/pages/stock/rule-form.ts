import type { Body } from '../../../api/paths.ts';

const UNITS_MAX = 100_000_000;

/** The numbers of a rule, with what the server takes. */
export const RULE_NUMBERS = [
  { name: 'leadDays', min: 0, max: 365, digits: 0 },
  { name: 'reviewDays', min: 1, max: 365, digits: 0 },
  { name: 'servicePercent', min: 50, max: 99.9, digits: 1 },
  { name: 'packSize', min: 1, max: 1_000_000, digits: 0 },
  { name: 'orderMin', min: 1, max: UNITS_MAX, digits: 0 },
  { name: 'minUnits', min: 0, max: UNITS_MAX, digits: 0 },
  { name: 'maxUnits', min: 1, max: UNITS_MAX, digits: 0 },
  { name: 'coverDaysMax', min: 1, max: 3650, digits: 0 },
] as const;
export type RuleNumber = (typeof RULE_NUMBERS)[number]['name'];

export type RuleForm = { [K in RuleNumber]?: number | null } & { warehouse: string; supplier?: string | null };

/** The request of a form: what is empty is inherited; `*` stands for every warehouse. */
export function toRule(sku: string, { warehouse, supplier, ...numbers }: RuleForm): Body<'/stock/rules', 'put'> {
  const said = supplier?.trim() ?? '';
  return {
    sku,
    warehouse: warehouse === '*' ? null : warehouse,
    supplier: said === '' ? null : said,
    ...(Object.fromEntries(RULE_NUMBERS.map(({ name }) => [name, numbers[name] ?? null])) as Record<
      RuleNumber,
      number | null
    >),
  };
}
