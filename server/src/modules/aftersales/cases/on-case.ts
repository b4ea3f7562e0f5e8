import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Forbidden, PreconditionFailed } from '#kernel/errors.ts';
import { type CaseAction, mayDo } from './policy.ts';
import { factsFor, viewCase, type View, visibleCase } from './queries/view.ts';

/** Runs a command on a case within the caller's data scope and answers with it as it is afterwards. */
export const onCase =
  <I extends { caseId: string }>(command: (tx: Tx, ctx: Ctx, input: I) => Promise<unknown>) =>
  async (tx: Tx, ctx: Ctx, input: I): Promise<View> => {
    const row = await visibleCase(tx, ctx, input.caseId);
    if (ctx.ifMatch !== undefined && ctx.ifMatch !== row.version)
      throw new PreconditionFailed({ version: row.version });
    await command(tx, ctx, input);
    return viewCase(tx, ctx, input.caseId);
  };

/** As onCase, for what a customer may do only at times that the flow alone does not tell. @throws Forbidden */
export const whenMay =
  <I extends { caseId: string }>(action: CaseAction, command: (tx: Tx, ctx: Ctx, input: I) => Promise<unknown>) =>
  async (tx: Tx, ctx: Ctx, input: I): Promise<unknown> => {
    const row = await visibleCase(tx, ctx, input.caseId);
    if (!mayDo[action](ctx, row, await factsFor(tx, row))) throw new Forbidden({ action });
    return command(tx, ctx, input);
  };
