import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFlow, step, TransitionRefused } from '#kernel/flow.ts';
import { CASE_EVENTS, CASE_KINDS, CASE_STATES, type CaseKind, caseFlows, type CaseState } from './flow.ts';

/** Typed in by hand, from the requirements (AFT-1, AFT-4 to AFT-8). */
const COMMON = [
  'submitted>approve>approved',
  'submitted>reject>rejected',
  'submitted>cancel>cancelled',
  'submitted>escalate>escalated',
  'escalated>uphold>approved',
  'escalated>overrule>rejected',
  'escalated>cancel>cancelled',
  'rejected>escalate>escalated',
  'approved>reject>rejected',
  'approved>cancel>cancelled',
  'approved>expire>expired',
];
const MONEY = [...COMMON, 'approved>execute>refunding', 'refunding>settle>done', 'refunding>fail>approved'];
const GOODS = [
  ...COMMON,
  'approved>ship>in_transit',
  'approved>receive>received',
  'in_transit>ship>in_transit',
  'in_transit>receive>received',
  'in_transit>never_came>expired',
  'received>receive>received',
  'received>inspect>inspected',
  'received>reject>rejected',
  'inspected>receive>received',
  'inspected>inspect>inspected',
  'inspected>reject>rejected',
  'inspected>escalate>escalated',
  'escalated>uphold_goods>inspected',
];
const EXPECTED: Record<CaseKind, string[]> = {
  refund: MONEY,
  price_protection: MONEY,
  compensation: MONEY,
  return: [...GOODS, 'inspected>execute>refunding', 'refunding>settle>done', 'refunding>fail>inspected'],
  exchange: [
    ...GOODS,
    'approved>fall_back>cancelled',
    'inspected>execute>exchanging',
    'inspected>refund_instead>refunding',
    'exchanging>settle>done',
    'exchanging>fall_back>inspected',
    'refunding>settle>done',
    'refunding>fail>inspected',
  ],
  repair: [
    ...GOODS,
    'inspected>quote>quoted',
    'inspected>repair>repairing',
    'quoted>quote>quoted',
    'quoted>accept_quote>repairing',
    'quoted>decline_quote>declined',
    'declined>execute>done',
    'repairing>finish_repair>repaired',
    'repairing>quote>quoted',
    'repairing>give_up_repair>declined',
    'repaired>execute>done',
  ],
  reship: [
    ...COMMON,
    'approved>execute>exchanging',
    'approved>fall_back>cancelled',
    'exchanging>settle>done',
    'exchanging>fall_back>approved',
  ],
};

for (const kind of CASE_KINDS) {
  const expected = new Map(
    EXPECTED[kind].map((line): [string, CaseState] => {
      const [from, event, to] = line.split('>');
      return [`${from}>${event}`, to as CaseState];
    }),
  );
  test(`AFT-4 ${kind}: every event in every state leads where it should, or is refused`, () => {
    for (const from of CASE_STATES)
      for (const event of CASE_EVENTS) {
        const to = expected.get(`${from}>${event}`);
        if (to) assert.equal(step(caseFlows[kind], from, event), to, `${from} ${event}`);
        else assert.throws(() => step(caseFlows[kind], from, event), TransitionRefused, `${from} ${event}`);
      }
  });
  test(`AFT-4 ${kind}: every state it knows is reached, and every way leads to an end`, () => {
    const known = new Set([...expected].flatMap(([key, to]) => [key.split('>')[0], to]));
    const unreached = checkFlow(caseFlows[kind], ['submitted']).filter((f) =>
      [...known].some((s) => f.startsWith(`${s} `)),
    );
    assert.deepEqual(unreached, []);
    for (const from of CASE_STATES.filter((s) => known.has(s))) {
      const seen = new Set<CaseState>([from]);
      for (const s of seen) for (const to of Object.values(caseFlows[kind][s])) seen.add(to);
      assert.ok(
        ['done', 'rejected', 'cancelled', 'expired'].some((end) => seen.has(end as CaseState)),
        from,
      );
    }
  });
}
