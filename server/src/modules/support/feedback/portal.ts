import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import type { HttpEnv } from '#kernel/http/route.ts';
import { readRateLink } from '../complaints/links.ts';
import { answerFeedback, mayAnswer } from './commands/answer.ts';
import { SCALE } from './domain/words.ts';
import { FeedbackUnknown } from './errors.ts';
import type { GiveFeedback, PortalFeedback } from './schema.ts';
import { answersOf, findByLink, openComment, type RequestRow, surveyOf } from './store/requests.ts';

type View = z.input<typeof PortalFeedback>;

/** What is asked, and what was answered. Looking changes nothing: programs that follow the links of a mail do not answer. */
export async function readFeedback(env: HttpEnv, ctx: Ctx, token: string): Promise<View> {
  const link = readRateLink(token);
  if (!link) throw new FeedbackUnknown();
  await fieldCrypto.load(link.orgId);
  return env.db.read({ orgId: link.orgId }, async (tx) => {
    const row = await findByLink(tx, link.hash);
    if (!row) throw new FeedbackUnknown();
    return viewFeedback(tx, { ...ctx, orgId: link.orgId }, row);
  });
}

export async function giveFeedback(env: HttpEnv, ctx: Ctx, input: z.output<typeof GiveFeedback>): Promise<View> {
  const link = readRateLink(input.token);
  if (!link) throw new FeedbackUnknown();
  await fieldCrypto.load(link.orgId);
  const inOrg = { ...ctx, orgId: link.orgId };
  const { score, more, comment } = input;
  return env.db.inTx(inOrg, async (tx) =>
    viewFeedback(tx, inOrg, await answerFeedback(tx, inOrg, link.hash, { score, more, comment })),
  );
}

/** As its customer sees it. `openUntil`: until when it may be answered although nobody was asked. */
export async function viewFeedback(tx: Tx, ctx: Ctx, row: RequestRow, openUntil?: Date): Promise<View> {
  const { questions } = await surveyOf(tx, row.survey_id);
  const [answer] = await answersOf(tx, [row.id]);
  const org = one(await tx.query<{ name: string }>('select name from kernel.orgs where id = $1', [tx.orgId]));
  const { min, max } = SCALE[row.kind];
  return {
    kind: row.kind,
    subjectKind: row.subject_kind,
    subjectNo: row.subject_kind === 'campaign' ? '' : row.subject_no,
    organisation: org.name,
    locale: row.locale,
    state: openUntil || mayAnswer(ctx, row) ? (row.score === null ? 'open' : 'answered') : 'over',
    min,
    max,
    questions: questions.map((q) => ({ code: q.code, text: ctx.locale === 'en' ? q.en : q.zh })),
    answerUntil: (row.answer_until ?? openUntil)?.toISOString() ?? null,
    score: row.score,
    more: answer?.more ?? {},
    comment: answer ? openComment(ctx.orgId, answer) : '',
  };
}
