import type { Flow } from '#kernel/flow.ts';

export const CASE_KINDS = [
  'refund',
  'return',
  'exchange',
  'repair',
  'reship',
  'price_protection',
  'compensation',
] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/**
 * Every state a case can be in; which of them its kind knows, its table says. `submitted` waits for a decision, `approved` for the
 * goods or for being carried out.
 */
export const CASE_STATES = [
  'submitted',
  'approved',
  'in_transit',
  'received',
  'inspected',
  'quoted',
  'declined',
  'repairing',
  'repaired',
  'refunding',
  'exchanging',
  'escalated',
  'done',
  'rejected',
  'cancelled',
  'expired',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

export const CASE_EVENTS = [
  'approve',
  'reject',
  'cancel',
  'escalate',
  'uphold',
  'uphold_goods',
  'overrule',
  'ship',
  'receive',
  'inspect',
  'expire',
  'never_came',
  'quote',
  'accept_quote',
  'decline_quote',
  'repair',
  'finish_repair',
  'give_up_repair',
  'execute',
  'refund_instead',
  'settle',
  'fail',
  'fall_back',
] as const;
export type CaseEvent = (typeof CASE_EVENTS)[number];

type Table = Flow<CaseState, CaseEvent>;

const none: Table = {
  submitted: {},
  approved: {},
  in_transit: {},
  received: {},
  inspected: {},
  quoted: {},
  declined: {},
  repairing: {},
  repaired: {},
  refunding: {},
  exchanging: {},
  escalated: {},
  done: {},
  rejected: {},
  cancelled: {},
  expired: {},
};

/** What is decided without goods coming back: the application, an appeal to the arbiter, and what follows. */
const decided: Table = {
  ...none,
  submitted: { approve: 'approved', reject: 'rejected', cancel: 'cancelled', escalate: 'escalated' },
  approved: { reject: 'rejected', cancel: 'cancelled', expire: 'expired' },
  escalated: { uphold: 'approved', overrule: 'rejected', cancel: 'cancelled' },
  rejected: { escalate: 'escalated' },
};

/** Money alone: given back, with `fail` when a refund was given up, so that it can be made anew. */
const money: Table = {
  ...decided,
  approved: { ...decided.approved, execute: 'refunding' },
  refunding: { settle: 'done', fail: 'approved' },
};

/** Goods come back first: sent or brought, counted, looked at. An arbiter may be asked once they are here, too. */
const goods: Table = {
  ...decided,
  approved: { ship: 'in_transit', receive: 'received', reject: 'rejected', cancel: 'cancelled', expire: 'expired' },
  in_transit: { ship: 'in_transit', receive: 'received', never_came: 'expired' },
  received: { receive: 'received', inspect: 'inspected', reject: 'rejected' },
  inspected: { receive: 'received', inspect: 'inspected', reject: 'rejected', escalate: 'escalated' },
  escalated: { ...decided.escalated, uphold_goods: 'inspected' },
};

/** The one transition table of each kind of case. What is not listed is refused. */
export const caseFlows: Readonly<Record<CaseKind, Table>> = {
  refund: money,
  return: {
    ...goods,
    inspected: { ...goods.inspected, execute: 'refunding' },
    refunding: { settle: 'done', fail: 'inspected' },
  },
  exchange: {
    ...goods,
    // the replacement was not paid, or was cancelled: before the goods come nothing is left to do, afterwards their money goes back
    approved: { ...goods.approved, fall_back: 'cancelled' },
    inspected: { ...goods.inspected, execute: 'exchanging', refund_instead: 'refunding' },
    exchanging: { settle: 'done', fall_back: 'inspected' },
    refunding: { settle: 'done', fail: 'inspected' },
  },
  repair: {
    ...goods,
    received: { receive: 'received', inspect: 'inspected', reject: 'rejected' },
    inspected: {
      receive: 'received',
      inspect: 'inspected',
      quote: 'quoted',
      repair: 'repairing',
      reject: 'rejected',
      escalate: 'escalated',
    },
    quoted: { quote: 'quoted', accept_quote: 'repairing', decline_quote: 'declined' },
    declined: { execute: 'done' },
    repairing: { finish_repair: 'repaired', quote: 'quoted', give_up_repair: 'declined' },
    repaired: { execute: 'done' },
  },
  reship: {
    ...decided,
    approved: { ...decided.approved, execute: 'exchanging', fall_back: 'cancelled' },
    exchanging: { settle: 'done', fall_back: 'approved' },
  },
  price_protection: money,
  compensation: money,
};

/** States a case does not leave any more; a refused one may still be appealed. */
export const ENDED: ReadonlySet<CaseState> = new Set(['done', 'rejected', 'cancelled', 'expired']);

/** Kinds whose goods come back to us. */
export const comesBack = (kind: CaseKind): boolean => kind === 'return' || kind === 'exchange' || kind === 'repair';

/** Kinds that take the units they are about: nobody asks twice for one. Money beside the goods takes none. */
export const takesUnits = (kind: CaseKind): boolean => kind !== 'price_protection' && kind !== 'compensation';

/** Kinds that send goods out in an order of their own. */
export const replaces = (kind: CaseKind): boolean => kind === 'exchange' || kind === 'reship';
