import { can, type Ctx, seesShop } from '#kernel/context.ts';
import { comesBack } from './domain/flow.ts';
import { type CaseEvent, caseFlows } from './domain/flow.ts';
import { ARBITRATE, COLLECT_FEE, CREATE, DECIDE, EXECUTE, FOLLOW_UP, INSPECT, RECEIVE, REPAIR } from './permissions.ts';
import type { CaseRow } from './store/cases.ts';

/** What a decision needs besides the case's row. */
export type CaseFacts = {
  offerOpen: boolean;
  /** Units that came and were not looked at; that were looked at and are not accepted. */ unseen: number;
  refusedHere: number;
  received: number;
  /** Units that were agreed to come back and did not come yet. */ expected: number;
  /** What is still to be paid for a repair, and what was paid; minor units. */ feeDue: number;
  feePaid: number;
};

const isCustomer = (ctx: Ctx): boolean => ctx.actor.kind === 'customer';
const own = (ctx: Ctx, r: CaseRow): boolean => isCustomer(ctx) && ctx.actor.id === r.customer_id;
const allows = (r: CaseRow, event: CaseEvent): boolean => event in caseFlows[r.kind][r.state];
/** Staff with the permission, or the customer whose case it is. */
const either = (ctx: Ctx, r: CaseRow, permission: string): boolean => can(ctx, permission) || own(ctx, r);
const granted = (r: CaseRow): boolean => r.policy.allowed || r.goodwill === 'granted';

/** Who may do what to a case as it is: buttons are drawn from it, and routes ask the same. */
export const mayDo = {
  accept: (ctx, r) => can(ctx, DECIDE) && !r.ended && r.accepted_at === null,
  diagnose: (ctx, r) => can(ctx, DECIDE) && !r.ended,
  approve: (ctx, r, f) => can(ctx, DECIDE) && r.state === 'submitted' && granted(r) && !f.offerOpen,
  reject: (ctx, r) => can(ctx, DECIDE) && allows(r, 'reject'),
  offer: (ctx, r, f) => can(ctx, DECIDE) && r.state === 'submitted' && r.holds_units && !f.offerOpen,
  answer_offer: (ctx, r, f) => either(ctx, r, DECIDE) && r.state === 'submitted' && f.offerOpen,
  ask_goodwill: (ctx, r) =>
    can(ctx, DECIDE) && r.state === 'submitted' && !r.policy.allowed && (r.goodwill === null || r.goodwill === 'asked'),
  book_pickup: (ctx, r) =>
    either(ctx, r, CREATE) && r.state === 'approved' && comesBack(r.kind) && r.pickup_id === null,
  ship: (ctx, r) => either(ctx, r, CREATE) && allows(r, 'ship'),
  receive: (ctx, r) => can(ctx, RECEIVE) && allows(r, 'receive'),
  inspect: (ctx, r, f) => can(ctx, INSPECT) && allows(r, 'inspect') && f.unseen > 0,
  quote: (ctx, r, f) => can(ctx, REPAIR) && allows(r, 'quote') && f.unseen === 0,
  answer_quote: (ctx, r) => either(ctx, r, REPAIR) && r.state === 'quoted',
  repair: (ctx, r, f) => can(ctx, REPAIR) && allows(r, 'repair') && f.unseen === 0,
  pay_fee: (ctx, r, f) => either(ctx, r, COLLECT_FEE) && f.feeDue > 0,
  // once it is paid for, whether it is given up is for those who mend it to say
  give_up_repair: (ctx, r, f) =>
    (can(ctx, REPAIR) || (own(ctx, r) && f.feeDue > 0 && f.feePaid === 0)) && allows(r, 'give_up_repair'),
  finish_repair: (ctx, r) => can(ctx, REPAIR) && allows(r, 'finish_repair'),
  execute: (ctx, r, f) => can(ctx, EXECUTE) && allows(r, 'execute') && f.unseen === 0,
  refund_instead: (ctx, r, f) => can(ctx, EXECUTE) && allows(r, 'refund_instead') && f.unseen === 0,
  send_back: (ctx, r, f) =>
    can(ctx, RECEIVE) && f.refusedHere > 0 && r.sent_back_waybill === null && r.kind !== 'repair',
  cancel: (ctx, r) => either(ctx, r, CREATE) && allows(r, 'cancel'),
  escalate: (ctx, r, f) =>
    either(ctx, r, DECIDE) && allows(r, 'escalate') && !(r.state === 'rejected' && f.received > 0),
  arbitrate: (ctx, r) => can(ctx, ARBITRATE) && r.state === 'escalated',
  follow_up: (ctx, r) => can(ctx, FOLLOW_UP) && r.executed_at !== null && r.followed_up_at === null,
  assign: (ctx, r) => can(ctx, DECIDE) && !r.ended,
  add_evidence: (ctx, r) => either(ctx, r, CREATE) && !r.ended,
} as const satisfies Record<string, (ctx: Ctx, r: CaseRow, f: CaseFacts) => boolean>;
export type CaseAction = keyof typeof mayDo;

/** What is offered: receiving only while something is expected, though whoever counts one too many is told of the number. */
export const actionsFor = (ctx: Ctx, row: CaseRow, facts: CaseFacts): CaseAction[] =>
  (Object.keys(mayDo) as CaseAction[]).filter(
    (a) => mayDo[a](ctx, row, facts) && (a !== 'receive' || facts.expected > 0),
  );

/** Whether the case lies within the actor's data scope. */
export const seesCase = (ctx: Ctx, row: Pick<CaseRow, 'customer_id' | 'shop_id'>): boolean =>
  isCustomer(ctx) ? ctx.actor.id === row.customer_id : seesShop(ctx, row.shop_id);
