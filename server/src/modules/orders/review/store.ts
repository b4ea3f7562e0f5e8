import type { Tx } from '#kernel/db/index.ts';
import type { ReasonFacts } from '../domain/judge.ts';
import type { BlacklistKind, Condition, Rule, RuleAction, RuleState, Window } from '../domain/review-rules.ts';
import { defaultRules } from './defaults.ts';

export type RuleRow = Rule & { updatedAt: Date | null; updatedBy: string | null };

type Stored = {
  id: string;
  version: number;
  code: string;
  title: string;
  state: RuleState;
  priority: number;
  conditions: Condition[];
  orders_within: Window | null;
  action: RuleAction;
  updated_at: Date;
  updated_by: string;
};
const COLUMNS = 'id, version, code, title, state, priority, conditions, orders_within, action, updated_at, updated_by';

const ruleOf = ({ orders_within, updated_at, updated_by, ...r }: Stored): RuleRow => ({
  ...r,
  window: orders_within,
  updatedAt: updated_at,
  updatedBy: updated_by,
});

/** The rules in force, drafts and those switched off too, by priority; the defaults when none was ever changed. */
export async function rulesOf(tx: Tx): Promise<RuleRow[]> {
  const rows = await tx.query<Stored>(
    `select * from (select distinct on (id) ${COLUMNS} from orders.review_rules where org_id = $1 order by id, version desc) r order by priority, code`,
    [tx.orgId],
  );
  if (rows.length > 0) return rows.map(ruleOf);
  const [org] = await tx.query<{ locale: 'zh-CN' | 'en' }>('select locale from kernel.orgs where id = $1', [tx.orgId]);
  return defaultRules(tx.orgId, org?.locale === 'en' ? 'en' : 'zh-CN').map((r) => ({
    ...r,
    updatedAt: null,
    updatedBy: null,
  }));
}

/** What the rules of an organisation are judged with has changed: whoever judges by an older revision reads again. */
export async function bumpRevision(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ revision: number }>(
    `insert into orders.review_revisions as r (org_id, revision) values ($1, 1)
     on conflict (org_id) do update set revision = r.revision + 1 returning revision`,
    [tx.orgId],
  );
  return row?.revision ?? 0;
}

export async function revisionOf(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ revision: number }>('select orders.review_revision($1) as revision', [tx.orgId]);
  return row?.revision ?? 0;
}

/** Appends versions of rules. The caller holds the organisation's rule lock. */
export async function appendRules(tx: Tx, rules: readonly Rule[], at: Date, by: string): Promise<void> {
  await tx.query(
    `insert into orders.review_rules (org_id, id, version, code, title, state, priority, conditions, orders_within, action, updated_at, updated_by)
     select $1, r.id, r.version, r.code, r.title, r.state, r.priority, r.conditions, r."window", r.action, $3, $4
       from jsonb_to_recordset($2) as r (id uuid, version integer, code text, title text, state text, priority integer, conditions jsonb, "window" jsonb, action jsonb)`,
    [tx.orgId, JSON.stringify(rules.map((r) => ({ ...r, window: r.window ?? undefined }))), at, by],
  );
}

/** One change of an organisation's rules at a time. */
export async function lockRules(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`orders.review_rules/${tx.orgId}`]);
}

export type BlacklistRow = {
  id: string;
  kind: BlacklistKind;
  masked: string;
  reason: string;
  until: Date | null;
  added_at: Date;
  added_by: string;
};

/** What of keys and norms rules are judged with: hexadecimal keys by kind with the moment they end (ms since 1970). */
export async function blacklistKeys(tx: Tx): Promise<Record<BlacklistKind, Map<string, number>>> {
  const rows = await tx.query<{ kind: BlacklistKind; idx: string; until: Date | null }>(
    `select kind, encode(idx, 'hex') as idx, until from orders.blacklist where org_id = $1`,
    [tx.orgId],
  );
  const keys = {
    phone: new Map<string, number>(),
    address: new Map<string, number>(),
    device: new Map<string, number>(),
  };
  for (const r of rows) keys[r.kind].set(r.idx, r.until?.getTime() ?? Number.POSITIVE_INFINITY);
  return keys;
}

/** The usual quantity by SKU id. */
export async function normsOf(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.query<{ sku_id: string; norm: string }>(
    'select sku_id, norm from orders.sku_norms where org_id = $1',
    [tx.orgId],
  );
  return new Map(rows.map((r) => [r.sku_id, Number(r.norm)]));
}

/** `rule` and `version` when a rule set the hold; `note` is what a person said. */
export type HoldReason = {
  orderId: string;
  hold: string;
  rule?: string;
  version?: number;
  facts: ReasonFacts & { note?: string };
};

/** Writes down why orders are held, in the transaction that holds them. */
export async function recordReasons(tx: Tx, at: Date, reasons: readonly HoldReason[]): Promise<void> {
  if (reasons.length === 0) return;
  await tx.query(
    `insert into orders.hold_reasons (org_id, order_id, at, hold, rule, rule_version, facts)
     select $1, r."orderId", $3, r.hold, coalesce(r.rule, ''), r.version, coalesce(r.facts, '{}')
       from jsonb_to_recordset($2) as r ("orderId" uuid, hold text, rule text, version integer, facts jsonb) on conflict do nothing`,
    [tx.orgId, JSON.stringify(reasons), at],
  );
}
