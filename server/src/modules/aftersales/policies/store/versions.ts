import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { BUILT_IN } from '../domain/built-in.ts';
import { selectorsOf } from '../domain/resolve.ts';
import type { AftersalesType, PolicyRule, PolicyVersion } from '../domain/vocabulary.ts';

export type VersionRow = {
  id: string;
  no: number;
  state: 'draft' | 'published';
  note: string;
  based_on: number;
  effective_from: Date | null;
  created_at: Date;
  created_by: string;
  published_at: Date | null;
  published_by: string | null;
  version: number;
};
export const VERSION_COLUMNS =
  'id, no, state, note, based_on, effective_from, created_at, created_by, published_at, published_by, version';
type RuleRow = {
  category: string;
  type: AftersalesType;
  reason: PolicyRule['reason'];
  allowed: boolean;
  window_count: number | null;
  window_unit: 'hour' | 'day' | null;
  window_from: 'receipt' | 'dispatch' | 'payment' | null;
  freight: PolicyRule['freight'];
  evidence: PolicyRule['evidence'];
  review: PolicyRule['review'];
  clause: string;
  text_zh: string;
  text_en: string;
};
const RULE =
  'category, type, reason, allowed, window_count, window_unit, window_from, freight, evidence, review, clause, text_zh, text_en';

const toRule = (r: RuleRow): PolicyRule => ({
  category: r.category,
  type: r.type,
  reason: r.reason,
  allowed: r.allowed,
  window:
    r.window_count === null || r.window_unit === null || r.window_from === null
      ? null
      : { count: r.window_count, unit: r.window_unit, from: r.window_from },
  freight: r.freight,
  evidence: r.evidence,
  review: r.review,
  clause: r.clause,
  text: { 'zh-CN': r.text_zh, en: r.text_en },
});

/** The version in force at a moment, without its rules; undefined = the one the software ships. */
export async function versionAt(tx: Tx, at: Date): Promise<VersionRow | undefined> {
  return maybeOne(
    await tx.prepared<VersionRow>(
      `select ${VERSION_COLUMNS} from aftersales.policy_versions
        where org_id = $1 and state = 'published' and effective_from <= $2 order by effective_from desc limit 1`,
      [tx.orgId, at],
    ),
  );
}

/** The rules of a version that can matter to goods of the categories; of all goods when there are none named. */
export async function rulesOf(tx: Tx, versionId: string, categories?: readonly string[]): Promise<PolicyRule[]> {
  const selectors = categories && [...new Set(categories.flatMap(selectorsOf).map((s) => s.toLowerCase()))];
  const rows = await tx.prepared<RuleRow>(
    `select ${RULE} from aftersales.policy_rules where org_id = $1 and version_id = $2
        and ($3::text[] is null or lower(category) = any ($3)) order by category, type, reason`,
    [tx.orgId, versionId, selectors ?? null],
  );
  return rows.map(toRule);
}

/** The policy in force at a moment, with what it says of goods of the categories. */
export async function policyAt(tx: Tx, at: Date, categories?: readonly string[]): Promise<PolicyVersion> {
  const row = await versionAt(tx, at);
  if (!row) return BUILT_IN;
  return {
    no: row.no,
    effectiveFrom: row.effective_from ?? row.created_at,
    rules: await rulesOf(tx, row.id, categories),
  };
}
