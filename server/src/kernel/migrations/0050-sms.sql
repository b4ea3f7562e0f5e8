-- Why: a third way to tell somebody something: by SMS, which is only worth sending for so long. The keys of the provider and
--      what the sandbox keeps instead of sending lie here sealed.
-- Locks: kernel.notifications for the checks, which are read once over the table. Back out: delete the rows of channel sms,
--      put the old checks back, drop the column expires_at and the two tables.

alter table kernel.notifications drop constraint notifications_channel_check;
alter table kernel.notifications add constraint notifications_channel_check check (channel in ('in_app', 'email', 'sms'));
alter table kernel.notifications drop constraint notifications_check1;
alter table kernel.notifications add constraint only_sent_ones_have_an_address check (channel in ('email', 'sms') or address_sealed is null);
alter table kernel.notifications add column expires_at timestamptz; -- not sent any more from then on

create table kernel.sms_secrets (
  org_id uuid not null,
  name text not null check (length(name) <= 60),
  sealed text not null,
  set_at timestamptz not null,
  set_by text not null check (length(set_by) <= 80),
  primary key (org_id, name)
);
select kernel.tenant_table('kernel.sms_secrets');

create table kernel.sandbox_sms (
  org_id uuid not null,
  id uuid not null,
  message_sealed bytea not null, -- telephone number and text
  sent_at timestamptz not null,
  primary key (org_id, id)
);
select kernel.tenant_table('kernel.sandbox_sms');
