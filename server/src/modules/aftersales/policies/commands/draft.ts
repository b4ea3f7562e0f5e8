import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import { HOUR_MS, SECOND_MS } from '#kernel/time.ts';
import { problemsOfRules } from '../domain/check-rules.ts';
import { diffOf } from '../domain/diff.ts';
import type { PolicyRule } from '../domain/vocabulary.ts';
import { PolicyDraftExists, PolicyMomentTaken, PolicyRefused } from '../errors.ts';
import { PolicyPublished } from '../events.ts';
import { rulesOfNumber } from '../queries/versions.ts';
import type { BeginDraft, PublishPolicy, SavePolicyDraft } from '../schema.ts';
import * as store from '../store/versions.ts';

/**
 * How long after its publication a version begins at the earliest. As long as a page may keep what it was told of the
 * policy, so that nobody is shown one that is no longer in force.
 */
export const PUBLISH_LEAD_S = 300;
const AHEAD_MAX_MS = 2 * 366 * 24 * HOUR_MS;

/** Begins a draft with the rules of a version, by default those in force. @throws PolicyDraftExists, PolicyVersionNotFound */
export async function beginDraft(tx: Tx, ctx: Ctx, input: z.output<typeof BeginDraft>): Promise<store.VersionRow> {
  const basedOn = input.basedOn ?? (await store.versionAt(tx, ctx.now))?.no ?? 0;
  const rules = await rulesOfNumber(tx, basedOn);
  const row = await store.insertDraft(tx, { basedOn, note: input.note, at: ctx.now, by: ctx.actor.id });
  if (!row) throw new PolicyDraftExists();
  await store.putRules(tx, row.id, rules);
  return row;
}

/** The draft as it was sent, whole. @throws PolicyVersionNotFound, PreconditionFailed, PolicyRefused with every problem. */
export async function saveDraft(tx: Tx, ctx: Ctx, input: z.output<typeof SavePolicyDraft>): Promise<store.VersionRow> {
  const row = await lockOwn(tx, ctx);
  const problems = problemsOfRules(input.rules);
  if (problems.length > 0) throw new PolicyRefused({}, problems);
  await store.putRules(tx, row.id, input.rules);
  return store.saveDraft(tx, row, input.note);
}

async function lockOwn(tx: Tx, ctx: Ctx): Promise<store.VersionRow> {
  const row = await store.lockDraft(tx);
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== row.version) throw new PreconditionFailed({ version: row.version });
  return row;
}

export async function discardDraft(tx: Tx, ctx: Ctx): Promise<void> {
  await store.dropDraft(tx, (await lockOwn(tx, ctx)).id);
}

/**
 * Publishes the draft: from its moment on it decides for orders placed then, and nobody changes it any more. The moment is
 * never in the past, so that the version in force when an order was placed stays what it was.
 * @throws PolicyVersionNotFound, PreconditionFailed, PolicyRefused, PolicyMomentTaken
 */
export async function publishDraft(tx: Tx, ctx: Ctx, input: z.output<typeof PublishPolicy>): Promise<store.VersionRow> {
  const row = await lockOwn(tx, ctx);
  const earliest = Math.ceil(ctx.now.getTime() / SECOND_MS) * SECOND_MS + PUBLISH_LEAD_S * SECOND_MS;
  const asked = input.effectiveFrom === undefined ? earliest : new Date(input.effectiveFrom).getTime();
  const rules: PolicyRule[] = await store.rulesOf(tx, row.id);
  const problems = [
    ...problemsOfRules(rules),
    ...(rules.length === 0 ? [{ path: 'rules', code: 'required' }] : []),
    ...(asked < earliest
      ? [{ path: 'effectiveFrom', code: 'policy_too_early', facts: { earliest: new Date(earliest) } }]
      : []),
    ...(asked > ctx.now.getTime() + AHEAD_MAX_MS ? [{ path: 'effectiveFrom', code: 'policy_too_late' }] : []),
  ];
  if (problems.length > 0) throw new PolicyRefused({}, problems);
  const effectiveFrom = new Date(asked);
  const before = await store.policyAt(tx, effectiveFrom);
  const done = await store.publish(tx, row, { effectiveFrom, at: ctx.now, actor: ctx.actor.id });
  if (!done) throw new PolicyMomentTaken({ effectiveFrom });
  const { added, removed, changed } = diffOf(before.rules, rules);
  await PolicyPublished.emit(tx, ctx, row.id, {
    no: done.no,
    effectiveFrom: effectiveFrom.toISOString(),
    rules: rules.length,
    added: added.length,
    removed: removed.length,
    changed: changed.length,
  });
  return done;
}
