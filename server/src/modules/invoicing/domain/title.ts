import type { FieldProblem } from '#kernel/errors.ts';
import { judgeTaxId } from './credit-code.ts';

export type Title = {
  kind: 'personal' | 'company';
  name: string;
  taxId?: string | undefined;
  address?: string | undefined;
  phone?: string | undefined;
  bank?: string | undefined;
  account?: string | undefined;
};
/** Who an invoice is made out to and where it goes, as it is kept sealed. */
export type Buyer = Title & {
  email?: string | undefined;
  mail?: { name: string; phone: string; address: string } | undefined;
};

export const BUYER_DETAILS = ['address', 'phone', 'bank', 'account'] as const;

/**
 * What is wrong with a title, by path below `title`. A company needs its tax id; so does a special invoice, which a person
 * cannot have. A digital special invoice needs no more than that (the bureau looks the rest up); a paper one is printed
 * with address, telephone, bank and account, and needs all four. `oldTaxIds`: whether numbers of before 2015 are taken.
 */
export function titleProblems(
  title: Title,
  as: { type: 'general' | 'special'; medium: 'digital' | 'paper' },
  oldTaxIds: boolean,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (as.type === 'special' && title.kind === 'personal')
    problems.push({ path: 'title.kind', code: 'special_for_company' });
  if (title.kind === 'company') {
    const verdict = title.taxId ? judgeTaxId(title.taxId) : 'missing';
    if (verdict === 'missing') problems.push({ path: 'title.taxId', code: 'required' });
    else if (verdict === 'old' && !oldTaxIds) problems.push({ path: 'title.taxId', code: 'old_tax_id' });
    else if (verdict === 'bad_check' || verdict === 'malformed')
      problems.push({ path: 'title.taxId', code: 'bad_tax_id' });
  }
  if (as.type === 'special' && as.medium === 'paper')
    for (const field of BUYER_DETAILS) if (!title[field]) problems.push({ path: `title.${field}`, code: 'required' });
  return problems;
}
