import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { PolicyVersionNotFound } from '../errors.ts';
import { BUILT_IN } from '../domain/built-in.ts';
import { selectorsOf } from '../domain/resolve.ts';
import { newId } from '#kernel/ids.ts';
import { HOUR_MS } from '#kernel/time.ts';
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

/** @throws PolicyVersionNotFound for a number that was never published, and for `draft` when there is none. */
export async function getVersion(tx: Tx, ref: number | 'draft'): Promise<VersionRow> {
  const row = maybeOne(
    await tx.query<VersionRow>(
      `select ${VERSION_COLUMNS} from aftersales.policy_versions where org_id = $1
          and case when $2::integer is null then state = 'draft' else no = $2 and state = 'published' end`,
      [tx.orgId, ref === 'draft' ? null : ref],
    ),
  );
  if (!row) throw new PolicyVersionNotFound({ version: ref });
  return row;
}

/** The draft, locked. @throws PolicyVersionNotFound */
export async function lockDraft(tx: Tx): Promise<VersionRow> {
  const row = maybeOne(
    await tx.query<VersionRow>(
      `select ${VERSION_COLUMNS} from aftersales.policy_versions where org_id = $1 and state = 'draft' for update`,
      [tx.orgId],
    ),
  );
  if (!row) throw new PolicyVersionNotFound({ version: 'draft' });
  return row;
}

/** Published versions and the draft, newest first. */
export async function listVersions(tx: Tx, before: number | null, limit: number): Promise<VersionRow[]> {
  return tx.query<VersionRow>(
    `select ${VERSION_COLUMNS} from aftersales.policy_versions where org_id = $1 and ($2::integer is null or no < $2) order by no desc limit $3`,
    [tx.orgId, before, limit],
  );
}

/** Begins a draft under the next number. Undefined: there is one. */
export async function insertDraft(
  tx: Tx,
  draft: { basedOn: number; note: string; at: Date; by: string },
): Promise<VersionRow | undefined> {
  const { no } = one(
    await tx.query<{ no: number }>(
      'select coalesce(max(no), 0) + 1 as no from aftersales.policy_versions where org_id = $1',
      [tx.orgId],
    ),
  );
  return maybeOne(
    await tx.query<VersionRow>(
      `insert into aftersales.policy_versions (org_id, id, no, state, note, based_on, created_at, created_by)
       values ($1, $2, $3, 'draft', $4, $5, $6, $7) on conflict do nothing returning ${VERSION_COLUMNS}`,
      [tx.orgId, newId(), no, draft.note, draft.basedOn, draft.at, draft.by],
    ),
  );
}

export async function saveDraft(tx: Tx, row: VersionRow, note: string): Promise<VersionRow> {
  return one(
    await tx.query<VersionRow>(
      `update aftersales.policy_versions set note = $3, version = version + 1 where org_id = $1 and id = $2 returning ${VERSION_COLUMNS}`,
      [tx.orgId, row.id, note],
    ),
  );
}

/** The draft's rules give way to these. */
export async function putRules(tx: Tx, versionId: string, rules: readonly PolicyRule[]): Promise<void> {
  await tx.query('delete from aftersales.policy_rules where org_id = $1 and version_id = $2', [tx.orgId, versionId]);
  await tx.query(
    `insert into aftersales.policy_rules (org_id, version_id, ${RULE})
     select $1, $2, * from jsonb_to_recordset($3::jsonb) as r (category text, type text, reason text, allowed boolean, window_count integer,
       window_unit text, window_from text, freight text, evidence text, review text, clause text, text_zh text, text_en text)`,
    [tx.orgId, versionId, JSON.stringify(rules.map(toRow))],
  );
}

const toRow = (r: PolicyRule): RuleRow => ({
  category: r.category,
  type: r.type,
  reason: r.reason,
  allowed: r.allowed,
  window_count: r.window?.count ?? null,
  window_unit: r.window?.unit ?? null,
  window_from: r.window?.from ?? null,
  freight: r.freight,
  evidence: r.evidence,
  review: r.review,
  clause: r.clause,
  text_zh: r.text['zh-CN'],
  text_en: r.text.en,
});

export async function dropDraft(tx: Tx, versionId: string): Promise<void> {
  await tx.query('delete from aftersales.policy_rules where org_id = $1 and version_id = $2', [tx.orgId, versionId]);
  await tx.query('delete from aftersales.policy_versions where org_id = $1 and id = $2', [tx.orgId, versionId]);
}

/** Undefined: another version begins at that very moment. */
export async function publish(
  tx: Tx,
  row: VersionRow,
  by: { effectiveFrom: Date; at: Date; actor: string },
): Promise<VersionRow | undefined> {
  const taken = await tx.query(
    `select from aftersales.policy_versions where org_id = $1 and effective_from = $2 and state = 'published'`,
    [tx.orgId, by.effectiveFrom],
  );
  if (taken.length > 0) return undefined;
  return one(
    await tx.query<VersionRow>(
      `update aftersales.policy_versions set state = 'published', effective_from = $3, published_at = $4, published_by = $5, version = version + 1
        where org_id = $1 and id = $2 and state = 'draft' returning ${VERSION_COLUMNS}`,
      [tx.orgId, row.id, by.effectiveFrom, by.at, by.actor],
    ),
  );
}

/** When the next version after a moment begins; null = none is published yet. */
export async function nextChange(tx: Tx, at: Date): Promise<Date | null> {
  const rows = await tx.query<{ effective_from: Date }>(
    `select effective_from from aftersales.policy_versions where org_id = $1 and state = 'published' and effective_from > $2
      order by effective_from limit 1`,
    [tx.orgId, at],
  );
  return rows[0]?.effective_from ?? null;
}

/** The after-sales policy an order placed at that moment was taken under, for its trade snapshot (ORD-16). */
export async function agreedPolicies(tx: Tx, placedAt: Date): Promise<Record<string, unknown>> {
  const row = await versionAt(tx, placedAt);
  return {
    afterSales: { version: row?.no ?? 0, effectiveFrom: row?.effective_from?.toISOString() ?? null },
  };
}

const UNLIMITED_DAYS = 400;
const hoursOf = (r: PolicyRule): number =>
  r.window === null ? UNLIMITED_DAYS * 24 : r.window.unit === 'day' ? (r.window.count + 1) * 24 : r.window.count;

/** The longest window any version gives for a type, in milliseconds: what lies further back cannot be asked for. Without end = 400 days. */
export async function longestWindow(tx: Tx, type: AftersalesType): Promise<number> {
  const rows = await tx.query<{ hours: number | null }>(
    `select max(case when window_count is null then $3 when window_unit = 'day' then (window_count + 1) * 24 else window_count end) as hours
       from aftersales.policy_rules where org_id = $1 and type = $2 and allowed`,
    [tx.orgId, type, UNLIMITED_DAYS * 24],
  );
  const shipped = BUILT_IN.rules.filter((r) => r.type === type && r.allowed).map(hoursOf);
  return Math.min(Math.max(rows[0]?.hours ?? 0, ...shipped), UNLIMITED_DAYS * 24) * HOUR_MS;
}
