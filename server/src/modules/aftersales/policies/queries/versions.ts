import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, pageOf } from '#kernel/http/list.ts';
import { BUILT_IN } from '../domain/built-in.ts';
import { warningsOf } from '../domain/check-rules.ts';
import { diffOf } from '../domain/diff.ts';
import type { PolicyRule } from '../domain/vocabulary.ts';
import { PUBLISH, WRITE } from '../permissions.ts';
import type { ListPolicies, PolicyDiffView, PolicySummary, PolicyVersionView } from '../schema.ts';
import { getVersion, listVersions, rulesOf, versionAt, type VersionRow } from '../store/versions.ts';

type Ref = number | 'draft';

/** The rules of a published version by its number, or of the draft. @throws PolicyVersionNotFound */
export async function rulesOfNumber(tx: Tx, ref: Ref): Promise<readonly PolicyRule[]> {
  return ref === 0 ? BUILT_IN.rules : rulesOf(tx, (await getVersion(tx, ref)).id);
}

type Summary = z.input<typeof PolicySummary>;
const mayDo = (ctx: Ctx, row: VersionRow): string[] =>
  row.state === 'draft'
    ? [...(can(ctx, WRITE) ? ['save', 'discard'] : []), ...(can(ctx, PUBLISH) ? ['publish'] : [])]
    : [];

const present = (
  ctx: Ctx,
  row: VersionRow,
  inForce: number,
  names: ReadonlyMap<string, string>,
): Summary & { version: number } => ({
  no: row.no,
  state: row.state,
  inForce: row.state === 'published' && row.no === inForce,
  note: row.note,
  basedOn: row.based_on,
  effectiveFrom: row.effective_from?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  createdBy: names.get(row.created_by) ?? row.created_by,
  publishedAt: row.published_at?.toISOString() ?? null,
  publishedBy: row.published_by && (names.get(row.published_by) ?? row.published_by),
  may: mayDo(ctx, row),
  version: row.version,
});

const shipped = (inForce: number): Summary & { version: number } => ({
  no: 0,
  state: 'published',
  inForce: inForce === 0,
  note: '',
  basedOn: 0,
  effectiveFrom: null,
  createdAt: null,
  createdBy: null,
  publishedAt: null,
  publishedBy: null,
  may: [],
  version: 0,
});

const peopleOf = (rows: readonly VersionRow[]): string[] => [
  ...new Set(rows.flatMap((r) => [r.created_by, ...(r.published_by ? [r.published_by] : [])])),
];

/** The draft, what was published, newest first, and last what the software ships. */
export async function listPolicies(tx: Tx, ctx: Ctx, input: z.output<typeof ListPolicies>) {
  const order = 'policies';
  const before = input.cursor === undefined ? null : Number(decodeCursor(order, input.cursor, 1)[0]);
  const rows = await listVersions(tx, before, input.limit + 1);
  const inForce = (await versionAt(tx, ctx.now))?.no ?? 0;
  const names = await actorNames(tx, peopleOf(rows));
  const page = pageOf(
    rows,
    input.limit,
    order,
    (r) => [r.no],
    (r): Summary => present(ctx, r, inForce, names),
  );
  const begin = can(ctx, WRITE) && (await draftOf(tx)) === undefined ? ['begin_draft'] : [];
  return { ...page, items: page.nextCursor === null ? [...page.items, shipped(inForce)] : page.items, may: begin };
}

async function draftOf(tx: Tx): Promise<unknown> {
  return (
    await tx.query(`select 1 from aftersales.policy_versions where org_id = $1 and state = 'draft'`, [tx.orgId])
  )[0];
}

/** One version with its rules. @throws PolicyVersionNotFound */
export async function viewPolicy(tx: Tx, ctx: Ctx, ref: Ref): Promise<z.input<typeof PolicyVersionView>> {
  const inForce = (await versionAt(tx, ctx.now))?.no ?? 0;
  if (ref === 0) return { ...shipped(inForce), rules: [...BUILT_IN.rules], warnings: [] };
  const row = await getVersion(tx, ref);
  const rules = await rulesOf(tx, row.id);
  const names = await actorNames(tx, peopleOf([row]));
  return { ...present(ctx, row, inForce, names), rules, warnings: warningsOf(rules) };
}

/** What one version says otherwise than another. @throws PolicyVersionNotFound */
export async function diffPolicies(
  tx: Tx,
  _ctx: Ctx,
  input: { from: Ref; to: Ref },
): Promise<z.input<typeof PolicyDiffView>> {
  return {
    from: input.from,
    to: input.to,
    ...diffOf(await rulesOfNumber(tx, input.from), await rulesOfNumber(tx, input.to)),
  };
}
