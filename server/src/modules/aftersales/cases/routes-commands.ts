import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { arbitrateCase, askGoodwill, escalateCase } from './commands/arbitrate.ts';
import { cancelCase } from './commands/end-case.ts';
import { executeCase } from './commands/execute-case.ts';
import { answerOffer, makeOffer } from './commands/offers.ts';
import { openAtChannel, PaymentView } from '#modules/payments/index.ts';
import { bookPickup } from './commands/pickup.ts';
import { answerQuote, beginRepair, finishRepair, giveUpRepair, quoteRepair } from './commands/repair.ts';
import { inspectReturn, receiveReturn, sendBack, shipReturn } from './commands/return-goods.ts';
import { acceptCase, approveCase, diagnoseCase, rejectCase } from './commands/decide-case.ts';
import { assignCase, followUp, showEvidence } from './commands/desk.ts';
import { payFee } from './commands/fee.ts';
import { onCase } from './on-case.ts';
import * as may from './permissions.ts';
import { type View, visibleCase } from './queries/view.ts';
import * as schema from './schema.ts';

const tags = ['after-sales'];

type Command<I extends z.ZodType> = {
  path: string;
  permission: string;
  summary: string;
  input: I;
  run: (tx: Tx, ctx: Ctx, input: z.output<I> & { caseId: string }) => Promise<View>;
};
const post = <I extends z.ZodType>(c: Command<I>): Route =>
  defineRoute({
    method: 'POST',
    path: `/after-sales/{caseId}/${c.path}`,
    permission: c.permission,
    tags,
    summary: c.summary,
    input: c.input,
    output: schema.CaseView,
    run: c.run as never,
  });

/** What is done to one case. */
export const caseCommandRoutes: Route[] = [
  post({
    path: 'accept',
    permission: may.DECIDE,
    summary: 'Take a case up',
    input: schema.CaseRef,
    run: onCase(acceptCase),
  }),
  post({
    path: 'diagnose',
    permission: may.DECIDE,
    summary: 'Write down what is the matter',
    input: schema.DiagnoseCase,
    run: onCase(diagnoseCase),
  }),
  post({
    path: 'approve',
    permission: may.DECIDE,
    summary: 'Agree to what is asked for',
    input: schema.ApproveCase,
    run: onCase(approveCase),
  }),
  post({
    path: 'reject',
    permission: may.DECIDE,
    summary: 'Refuse it',
    input: schema.RejectCase,
    run: onCase(rejectCase),
  }),
  post({
    path: 'ship',
    permission: may.CREATE,
    summary: 'The goods are on their way back',
    input: schema.ShipReturn,
    run: onCase(shipReturn),
  }),
  post({
    path: 'receive',
    permission: may.RECEIVE,
    summary: 'Count what came back',
    input: schema.ReceiveReturn,
    run: onCase(receiveReturn),
  }),
  post({
    path: 'inspect',
    permission: may.INSPECT,
    summary: 'Say how units were found and what becomes of them',
    input: schema.InspectReturn,
    run: onCase(inspectReturn),
  }),
  post({
    path: 'execute',
    permission: may.EXECUTE,
    summary: 'Carry out what was decided',
    input: schema.ExecuteCase,
    run: onCase(executeCase),
  }),
  post({
    path: 'cancel',
    permission: may.CREATE,
    summary: 'Take it back',
    input: schema.CancelCase,
    run: onCase(cancelCase),
  }),
  post({
    path: 'send-back',
    permission: may.RECEIVE,
    summary: 'Goods that were refused are on their way to the customer',
    input: schema.SendBack,
    run: onCase(sendBack),
  }),
  post({
    path: 'pickup',
    permission: may.CREATE,
    summary: 'Have the goods fetched',
    input: schema.BookPickup,
    run: onCase(bookPickup),
  }),
  post({
    path: 'offers',
    permission: may.DECIDE,
    summary: 'Propose a solution',
    input: schema.MakeCaseOffer,
    run: onCase(makeOffer),
  }),
  post({
    path: 'answer-offer',
    permission: may.DECIDE,
    summary: 'What the customer says to a proposed solution',
    input: schema.AnswerCaseOffer,
    run: onCase(answerOffer),
  }),
  post({
    path: 'quote',
    permission: may.REPAIR,
    summary: 'Quote a repair',
    input: schema.QuoteRepair,
    run: onCase(quoteRepair),
  }),
  post({
    path: 'answer-quote',
    permission: may.REPAIR,
    summary: 'What the customer says to a quote',
    input: schema.AnswerQuote,
    run: onCase(answerQuote),
  }),
  post({
    path: 'repair',
    permission: may.REPAIR,
    summary: 'Mend it free of charge',
    input: schema.CaseRef,
    run: onCase(beginRepair),
  }),
  post({
    path: 'finish-repair',
    permission: may.REPAIR,
    summary: 'It works again',
    input: schema.FinishRepair,
    run: onCase(finishRepair),
  }),
  post({
    path: 'give-up-repair',
    permission: may.REPAIR,
    summary: 'It cannot be mended: it goes back as it is, with what was paid',
    input: schema.GiveUpRepair,
    run: onCase(giveUpRepair),
  }),
  defineRoute({
    method: 'POST',
    path: '/after-sales/{caseId}/fee/payments',
    permission: may.COLLECT_FEE,
    tags,
    summary: 'Open a payment of a repair’s fee',
    input: schema.PayRepairFee,
    output: PaymentView,
    status: 201,
    run: async (tx, ctx, input) => {
      await visibleCase(tx, ctx, input.caseId);
      return payFee(tx, ctx, input);
    },
    afterwards: openAtChannel,
  }),
  post({
    path: 'escalate',
    permission: may.DECIDE,
    summary: 'Ask for arbitration',
    input: schema.EscalateCase,
    run: onCase(escalateCase),
  }),
  post({
    path: 'arbitrate',
    permission: may.ARBITRATE,
    summary: 'Give the verdict',
    input: schema.ArbitrateCase,
    run: onCase(arbitrateCase),
  }),
  post({
    path: 'ask-goodwill',
    permission: may.DECIDE,
    summary: 'Ask for goodwill beyond the policy',
    input: schema.AskGoodwill,
    run: onCase(askGoodwill),
  }),
  post({
    path: 'assign',
    permission: may.DECIDE,
    summary: 'Say whose it is',
    input: schema.AssignCase,
    run: onCase(assignCase),
  }),
  post({
    path: 'follow-up',
    permission: may.FOLLOW_UP,
    summary: 'What the customer said afterwards',
    input: schema.FollowUp,
    run: onCase(followUp),
  }),
  post({
    path: 'evidence',
    permission: may.CREATE,
    summary: 'Show more',
    input: schema.ShowEvidence,
    run: onCase(showEvidence),
  }),
];
