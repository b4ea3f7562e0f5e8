import { z } from 'zod';
import { type Ctx, permit } from '../context.ts';
import type { Tx } from '../db/index.ts';
import { defineRefusal } from '../errors.ts';
import { defineRoute } from '../http/route.ts';
import { countLook, LookRefused, recordLook, RevealLimitReached } from './looks.ts';

export type RevealKind = {
  /** What the data belongs to: `order`. */
  kind: string;
  /** Needed beside `compliance.personal_data.reveal`. */
  permission: string;
  /** The data in the clear, by field. Throws its own refusal when the subject is not there or outside the actor's scope. */
  load(tx: Tx, id: string, ctx: Ctx): Promise<Record<string, string>>;
};

export const REVEALS = new Map<string, RevealKind>();
export const RevealUnknown = defineRefusal('reveal_unknown', 404);

/** Declares personal data that is shown masked and can be shown in full, one subject at a time. */
export function defineReveal(reveal: RevealKind): RevealKind {
  if (REVEALS.has(reveal.kind)) throw new Error(`personal data of ${reveal.kind} is declared twice`);
  REVEALS.set(reveal.kind, reveal);
  return reveal;
}

type Request = { kind: string; id: string; fields?: string[] | undefined; reason: string };

/** Shows personal data once it is recorded who looks and why. */
export async function reveal(tx: Tx, ctx: Ctx, input: Request): Promise<{ fields: Record<string, string> }> {
  const kind = REVEALS.get(input.kind);
  if (!kind) throw new RevealUnknown({ kind: input.kind });
  permit(ctx, kind.permission);
  await countLook(tx, ctx);
  const all = Object.entries(await kind.load(tx, input.id, ctx));
  const fields = Object.fromEntries(all.filter(([field]) => input.fields?.includes(field) ?? true));
  await recordLook(tx, ctx, {
    subjectKind: kind.kind,
    subjectId: input.id,
    fields: Object.keys(fields),
    reason: input.reason,
  });
  return { fields };
}

export const postReveal = defineRoute({
  method: 'POST',
  path: '/personal-data/reveal',
  permission: 'compliance.personal_data.reveal',
  tags: ['compliance'],
  summary: 'Show the personal data of one subject in full; who looked and why is recorded for ever',
  input: z.object({
    kind: z.string().max(60),
    id: z.string().min(1).max(80),
    fields: z.array(z.string().max(60)).min(1).max(50).optional(),
    reason: z.string().trim().min(5).max(200),
  }),
  output: z.object({ fields: z.record(z.string(), z.string()) }),
  mode: 'raw', // its answer must not be kept for replays, and a refusal is recorded although nothing else is
  run: async (env, ctx, input, _request, reply) => {
    void reply.header('cache-control', 'no-store');
    try {
      return await env.db.inTx(ctx, (tx) => reveal(tx, ctx, input));
    } catch (error) {
      if (error instanceof RevealLimitReached) {
        const perDay = Number(error.facts['perDay']);
        await env.db.inTx(ctx, (tx) => LookRefused.emit(tx, ctx, ctx.actor.id, { actorId: ctx.actor.id, perDay }));
      }
      throw error;
    }
  },
});
