import { wrong } from '#kernel/invariant.ts';

export const feedbackInvariants = [
  wrong(
    'support: the score that counts is the last answer',
    `select 'question ' || r.id || ' counts ' || coalesce(r.score::text, 'nothing') || ', its last answer is ' || coalesce(a.score::text, 'none') as says
       from support.feedback_requests r left join lateral (
         select score, seq from support.feedback_answers a where a.org_id = r.org_id and a.request_id = r.id order by seq desc limit 1) a on true
      where r.org_id = $1 and (r.score is distinct from a.score or r.answers <> coalesce(a.seq, 0))`,
  ),
  wrong(
    'support: a score that led to a call has one',
    `select 'question ' || r.id || ' has no call' as says from support.feedback_requests r
      where r.org_id = $1 and r.consequence = 'follow_up'
        and not exists (select from support.follow_ups f where f.org_id = r.org_id and f.request_id = r.id)`,
  ),
  wrong(
    'support: a campaign asks no more than its sample',
    `select 'campaign ' || c.id || ' asked ' || count(*) || ' of ' || c.sample as says
       from support.nps_campaigns c join support.feedback_requests r on r.org_id = c.org_id and r.subject_kind = 'campaign' and r.subject_id = c.id
      where c.org_id = $1 group by c.id, c.sample having count(*) > c.sample`,
  ),
];
