import type { z } from 'zod';
import type { Locale } from '#kernel/context.ts';
import { type Db, maybeOne, type Tx } from '#kernel/db/index.ts';
import { NotFound } from '#kernel/errors.ts';
import { skusByCode, SkuNotFound } from '#modules/catalog/index.ts';
import { rulesOfCategory } from '../domain/resolve.ts';
import type { PolicyRule } from '../domain/vocabulary.ts';
import type { PublicPolicyView } from '../schema.ts';
import { nextChange, policyAt } from '../store/versions.ts';

export type Shown = z.input<typeof PublicPolicyView>;

/**
 * What the policy in force says of goods, as the shop shows it before they are bought: a SKU, or a category.
 * @throws NotFound for an organisation that does not exist, SkuNotFound
 */
export async function shownPolicy(
  db: Db,
  asked: { org: string; sku?: string | undefined; category?: string | undefined; locale: Locale; now: Date },
): Promise<Shown> {
  const org = await db.systemTx(async (tx) =>
    maybeOne(await tx.query<{ id: string }>('select id from kernel.orgs where code = $1', [asked.org])),
  );
  if (!org) throw new NotFound();
  return db.read({ orgId: org.id }, async (tx) => {
    const category = asked.sku === undefined ? (asked.category ?? '') : await categoryOf(tx, asked.sku);
    const policy = await policyAt(tx, asked.now, [category]);
    const next = await nextChange(tx, asked.now);
    return {
      policyVersion: policy.no,
      validFrom: policy.no === 0 ? null : policy.effectiveFrom.toISOString(),
      validUntil: next?.toISOString() ?? null,
      category,
      clauses: clausesOf(rulesOfCategory(policy.rules, category), asked.locale),
    };
  });
}

async function categoryOf(tx: Tx, sku: string): Promise<string> {
  const found = maybeOne(await skusByCode(tx, [sku]));
  if (!found) throw new SkuNotFound({ sku });
  return found.category;
}

/** Rules of one clause and the same terms are told once, with everything they are for. */
function clausesOf(rules: readonly PolicyRule[], locale: Locale): Shown['clauses'] {
  const clauses = new Map<string, Shown['clauses'][number]>();
  for (const r of rules) {
    const terms = {
      allowed: r.allowed,
      window: r.window,
      freight: r.freight,
      evidence: r.evidence,
      instant: r.review === 'instant',
    };
    const key = JSON.stringify([r.clause, terms]);
    const known = clauses.get(key) ?? { clause: r.clause, text: r.text[locale], ...terms, types: [], reasons: [] };
    if (!known.types.includes(r.type)) known.types.push(r.type);
    if (!known.reasons.includes(r.reason)) known.reasons.push(r.reason);
    clauses.set(key, known);
  }
  return [...clauses.values()];
}
