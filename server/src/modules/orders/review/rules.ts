import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest, PreconditionFailed } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { listShops, skusByCode } from '#modules/catalog/index.ts';
import type { Divisions } from '../domain/divisions.ts';
import { checkRule, type Nameable, type Rule, type RuleDraft, type RuleState } from '../domain/review-rules.ts';
import { divisions } from './divisions.ts';
import { RuleCodeTaken, RuleNotFound, RuleRefused, TooManyRules } from './errors.ts';
import { ReviewRuleChanged } from './events.ts';
import { type ChangeRule, type ReorderRules, type RuleInput, RULES_MAX, type RuleView } from './schema.ts';
import { appendRules, bumpRevision, lockRules, type RuleRow, rulesOf } from './store.ts';
import { ruleWords } from './words.ts';

const PRIORITY_STEP = 10;

/** Whether 浙江省, or 浙江省/杭州市, or 浙江省/杭州市/西湖区, exists. */
export function isRegion(known: Divisions, path: string): boolean {
  const [province = '', city, district] = path.split('/');
  const of = known.province(province);
  if (!of) return false;
  const inProvince = city === undefined || city === of.name || known.cities(city).some((c) => c.parent === of);
  return inProvince && (district === undefined || known.districts(district).some((d) => d.parent?.parent === of));
}

async function nameable(tx: Tx, rule: Pick<RuleDraft, 'conditions'>): Promise<Nameable> {
  const skus = rule.conditions.flatMap((c) =>
    c.field === 'sku' && Array.isArray(c.value) ? (c.value as string[]) : [],
  );
  return {
    shops: new Set((await listShops(tx, null, 1000, null)).map((s) => s.code)),
    skus: new Set(skus.length === 0 ? [] : (await skusByCode(tx, skus)).map((s) => s.sku)),
    region: (path) => isRegion(divisions(), path),
  };
}

/** @throws RuleRefused with every reason why the rule is about nothing. */
export async function mustMakeSense(tx: Tx, rule: RuleDraft): Promise<void> {
  const problems = checkRule(rule, await nameable(tx, rule));
  if (problems.length > 0) throw new RuleRefused({}, problems);
}

export const draftOf = (input: RuleInput): RuleDraft => input as unknown as RuleDraft;

/** The rules as they are, locked; the defaults become the organisation's own when the first is changed. */
async function lockAll(tx: Tx, ctx: Ctx): Promise<RuleRow[]> {
  await lockRules(tx);
  const rules = await rulesOf(tx);
  if (rules.every((r) => r.version === 0)) {
    for (const rule of rules) rule.version = 1;
    await appendRules(tx, rules, ctx.now, ctx.actor.id);
  }
  return rules;
}

async function append(tx: Tx, ctx: Ctx, rules: readonly Rule[]): Promise<void> {
  if (rules.length === 0) return;
  await appendRules(tx, rules, ctx.now, ctx.actor.id);
  await bumpRevision(tx);
  for (const r of rules)
    await ReviewRuleChanged.emit(tx, ctx, r.id, {
      ruleId: r.id,
      code: r.code,
      title: r.title,
      version: r.version,
      state: r.state,
    });
}

export async function findRule(tx: Tx, ruleId: string): Promise<RuleRow> {
  const rule = (await rulesOf(tx)).find((r) => r.id === ruleId);
  if (!rule) throw new RuleNotFound({ ruleId });
  return rule;
}

/** Writes a rule down as a draft, last in order. @throws RuleRefused, RuleCodeTaken */
export async function createRule(tx: Tx, ctx: Ctx, input: RuleInput): Promise<z.input<typeof RuleView>> {
  const rules = await lockAll(tx, ctx);
  if (rules.length >= RULES_MAX) throw new TooManyRules({ maximum: RULES_MAX });
  if (rules.some((r) => r.code === input.code)) throw new RuleCodeTaken({ code: input.code });
  const draft = draftOf(input);
  await mustMakeSense(tx, draft);
  const priority = Math.max(0, ...rules.map((r) => r.priority)) + PRIORITY_STEP;
  const made: Rule = { ...draft, id: newId(ctx.now.getTime()), version: 1, state: 'draft', priority };
  await append(tx, ctx, [made]);
  return presentRule(tx, ctx, { ...made, updatedAt: ctx.now, updatedBy: ctx.actor.id });
}

async function changed(
  tx: Tx,
  ctx: Ctx,
  ruleId: string,
  change: (rule: RuleRow) => Partial<Rule>,
): Promise<z.input<typeof RuleView>> {
  const rule = (await lockAll(tx, ctx)).find((r) => r.id === ruleId);
  if (!rule) throw new RuleNotFound({ ruleId });
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== rule.version)
    throw new PreconditionFailed({ version: rule.version });
  const next: Rule = { ...rule, ...change(rule), version: rule.version + 1 };
  await mustMakeSense(tx, next);
  await append(tx, ctx, [next]);
  return presentRule(tx, ctx, { ...next, updatedAt: ctx.now, updatedBy: ctx.actor.id });
}

/** A new version of the rule, in the state it is in. @throws RuleRefused, PreconditionFailed when If-Match is stale */
export const changeRule = (tx: Tx, ctx: Ctx, { ruleId, ...patch }: z.output<typeof ChangeRule>) =>
  changed(
    tx,
    ctx,
    ruleId,
    () => Object.fromEntries(Object.entries(patch).filter(([, v]) => v !== undefined)) as Partial<Rule>,
  );

/** Switches a rule on or off; a rule whose shop or SKU is gone by now is not switched on. */
export const switchRule =
  (state: RuleState) =>
  (tx: Tx, ctx: Ctx, { ruleId }: { ruleId: string }) =>
    changed(tx, ctx, ruleId, () => ({ state }));

/** Puts the rules into the order given; those not named follow in the order they had. */
export async function reorderRules(tx: Tx, ctx: Ctx, { ruleIds }: z.output<typeof ReorderRules>) {
  const rules = await lockAll(tx, ctx);
  if (new Set(ruleIds).size !== ruleIds.length)
    throw new InvalidRequest({}, [{ path: 'ruleIds', code: 'invalid_value' }]);
  const unknown = ruleIds.find((id) => !rules.some((r) => r.id === id));
  if (unknown !== undefined) throw new RuleNotFound({ ruleId: unknown });
  const place = (r: Rule, i: number): number => (ruleIds.includes(r.id) ? ruleIds.indexOf(r.id) : ruleIds.length + i);
  const sorted = rules
    .map((rule, i) => ({ rule, at: place(rule, i) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ rule }, i) => ({ rule, priority: (i + 1) * PRIORITY_STEP }));
  const moved = sorted.filter(({ rule, priority }) => rule.priority !== priority);
  await append(
    tx,
    ctx,
    moved.map(({ rule, priority }): Rule => ({ ...rule, priority, version: rule.version + 1 })),
  );
  return listRules(tx, ctx);
}

/** Every rule, drafts and those switched off too, in order; never more than 200. */
export async function listRules(tx: Tx, ctx: Ctx): Promise<{ items: z.input<typeof RuleView>[]; nextCursor: null }> {
  const rules = await rulesOf(tx);
  return { items: await presentRules(tx, ctx, rules), nextCursor: null };
}

async function presentRules(tx: Tx, ctx: Ctx, rules: readonly RuleRow[]): Promise<z.input<typeof RuleView>[]> {
  const names = await actorNames(
    tx,
    rules.flatMap((r) => (r.updatedBy === null ? [] : [r.updatedBy])),
  );
  return rules.map((r) => ({
    id: r.id,
    code: r.code,
    title: r.title,
    state: r.state,
    priority: r.priority,
    conditions: r.conditions as z.input<typeof RuleView>['conditions'],
    window: r.window,
    action: r.action,
    words: ruleWords(ctx.locale, r),
    updatedAt: r.updatedAt?.toISOString() ?? null,
    updatedBy: r.updatedBy === null ? null : (names.get(r.updatedBy) ?? r.updatedBy),
    version: r.version,
  }));
}

export async function presentRule(tx: Tx, ctx: Ctx, rule: RuleRow): Promise<z.input<typeof RuleView>> {
  const [view] = await presentRules(tx, ctx, [rule]);
  return view as z.input<typeof RuleView>;
}
