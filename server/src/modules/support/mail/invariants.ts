import { wrong } from '#kernel/invariant.ts';

export const mailInvariants = [
  wrong(
    'support: a mail that came in is in its ticket once',
    `select 'mail ' || i.id || ' is not in ticket ' || coalesce(i.ticket_id::text, '?') as says
       from support.mail_incoming i left join support.messages m on m.org_id = i.org_id and m.id = i.message_id
      where i.org_id = $1 and i.what in ('ticket', 'reply', 'noted')
        and (m.id is null or m.channel <> 'mail' or m.external_id is distinct from encode(i.fingerprint, 'hex'))`,
  ),
  wrong(
    'support: an answer by e-mail is on its way once',
    `select 'message ' || m.id || ' of a ticket with a thread has no mail' as says
       from support.messages m join support.mail_threads t on t.org_id = m.org_id and t.ticket_id = m.ticket_id
      where m.org_id = $1 and m.channel = 'mail' and m.kind = 'outbound' and m.at < now() - interval '1 day'
        and not exists (select from support.mail_outgoing o where o.org_id = m.org_id and o.message_id = m.id)`,
  ),
];
