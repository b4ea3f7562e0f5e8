import type { Tx } from '#kernel/db/index.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { wrong } from '#kernel/invariant.ts';
import type { Invariant } from '#kernel/module.ts';
import { holds } from './complaints/agreements.ts';
import { openContent, openSignature, signedAgreements } from './complaints/agreements-store.ts';
import { factsOf } from './tickets/clocks.ts';
import { reckon } from './tickets/domain/clocks.ts';
import { clocksOf } from './tickets/store/clocks.ts';
import { activeTickets } from './tickets/store/tickets.ts';
import { clockKey } from './tickets/subjects.ts';

const LOOKED_AT_MAX = 300;
const SHOWN_MAX = 20;

/** The newest open tickets: computing each anew is dear. */
async function clocksAgree(tx: Tx): Promise<string[]> {
  const says: string[] = [];
  for (const row of await activeTickets(tx, LOOKED_AT_MAX)) {
    const facts = await factsOf(tx, row);
    const asOf = facts.at(-1)?.at ?? row.created_at; // what is due does not depend on when it is asked
    const kept = new Map((await clocksOf(tx, [row.id])).map((c) => [clockKey(c), c]));
    for (const clock of reckon(facts, asOf)) {
      const cached = kept.get(clockKey(clock));
      const same = cached?.missed_at !== null || cached.due_at?.getTime() === clock.dueAt?.getTime();
      if (!cached || !same || cached.state !== clock.state)
        says.push(`${row.no} ${clock.metric}: ${cached?.due_at?.toISOString()} is not ${clock.dueAt?.toISOString()}`);
    }
  }
  return says.slice(0, SHOWN_MAX);
}

async function agreementsHold(tx: Tx): Promise<string[]> {
  await fieldCrypto.load(tx.orgId);
  return (await signedAgreements(tx, LOOKED_AT_MAX))
    .filter((a) => !holds(a, openContent(tx.orgId, a), openSignature(tx.orgId, a)))
    .map((a) => `${a.no} is not what was signed`)
    .slice(0, SHOWN_MAX);
}

const SUBJECT = `c.ticket_id || '/' || c.metric || '/' || c.cycle`;

/** What must hold of tickets, checked by `doctor`. */
export const supportInvariants: Invariant[] = [
  { name: 'support: when clocks are due is what the history of their tickets says', check: clocksAgree },
  { name: 'support: signed agreements are what was signed', check: agreementsHold },
  wrong(
    'support: a running clock has its deadline, and a deadline its clock',
    `select t.no || ' ' || c.metric || ': ' || c.due_at || ' / ' || coalesce(d.due_at::text, 'none') as says
       from support.clocks c join support.tickets t on t.org_id = c.org_id and t.id = c.ticket_id
       left join kernel.deadlines d on d.org_id = c.org_id and d.kind = 'support.clock' and d.subject = ${SUBJECT} and d.state in ('open', 'warned')
      where c.org_id = $1 and c.state = 'running' and c.missed_at is null and c.due_at is distinct from d.due_at
     union all
     select d.subject || ': no such clock' from kernel.deadlines d
      where d.org_id = $1 and d.kind = 'support.clock' and d.state in ('open', 'warned')
        and not exists (select 1 from support.clocks c where c.org_id = $1 and c.state = 'running' and ${SUBJECT} = d.subject)`,
  ),
  wrong(
    'support: a ticket says what of it is due first, and whether something was missed',
    `select t.no || ': ' || coalesce(t.next_due_at::text, 'nothing') || ' is not ' || coalesce(c.due::text, 'nothing') as says
       from support.tickets t left join (
         select ticket_id, min(due_at) filter (where state = 'running') as due, bool_or(missed_at is not null) as missed
           from support.clocks where org_id = $1 group by 1) c on c.ticket_id = t.id
      where t.org_id = $1 and (t.next_due_at is distinct from c.due or (coalesce(c.missed, false) and not t.missed))`,
  ),
  wrong(
    'support: the history of a ticket has no gap',
    `select t.no || ': ' || t.moves || ' is not ' || count(m.seq) as says from support.tickets t
       left join support.moves m on m.org_id = t.org_id and m.ticket_id = t.id
      where t.org_id = $1 group by t.no, t.moves having t.moves <> count(m.seq) or t.moves <> coalesce(max(m.seq), 0)`,
  ),
  wrong(
    'support: what is merged has one merge that is not undone, into where it goes on',
    `select t.no || ': ' || t.state as says from support.tickets t
       left join support.merges m on m.org_id = t.org_id and m.source_id = t.id and m.undone_at is null
      where t.org_id = $1 and t.merged_into is distinct from m.target_id`,
  ),
  wrong(
    'support: a major complaint nobody has signed a settlement of is reported on, and no other ticket is',
    `select t.no || ': ' || count(r.id) || ' reports due' as says from support.tickets t
       left join support.progress_reports r on r.org_id = t.org_id and r.ticket_id = t.id and r.state = 'due'
      where t.org_id = $1 group by t.org_id, t.id, t.no, t.severity, t.category, t.state
     having count(r.id) <> case when t.severity = 'major' and split_part(t.category, '/', 1) = 'complaint'
        and t.state not in ('resolved', 'closed', 'merged')
        and not exists (select 1 from support.agreements a where a.org_id = t.org_id and a.ticket_id = t.id and a.state = 'signed') then 1 else 0 end`,
  ),
];
