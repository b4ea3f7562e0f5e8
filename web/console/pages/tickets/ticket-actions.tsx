import { useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Select } from 'antd';
import { client } from '../../../api/instance.ts';
import type { Ticket } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { AssignFields, CategoryField, NoteField, PriorityField, SubjectField } from './fields.tsx';
import { FormButton } from '../../form-button.tsx';
import { RUNGS } from './words.ts';

const MOVES = ['start', 'release', 'wait_customer', 'wait_third_party', 'close'] as const;
type Move = (typeof MOVES)[number];

function MoveButton({ ticket, event }: { ticket: Ticket; event: Move }) {
  const word = useWord();
  const send = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/tickets/{ticketId}/move', { path: { ticketId: ticket.id }, body: { event }, idempotencyKey }),
  );
  return (
    <Button loading={send.isPending} onClick={() => send.mutate({})}>
      {word('ticketAct', event)}
    </Button>
  );
}

function Working({ ticket, may }: { ticket: Ticket; may: (act: string) => boolean }) {
  const t = useT();
  const word = useWord();
  const path = { ticketId: ticket.id };
  const reopen = useSubmit((reason: string, idempotencyKey) =>
    client.post('/tickets/{ticketId}/reopen', { path, body: reason ? { reason } : {}, idempotencyKey }),
  );
  return (
    <>
      {MOVES.filter(may).map((event) => (
        <MoveButton key={event} ticket={ticket} event={event} />
      ))}
      {may('resolve') && (
        <FormButton<{ message?: string; note?: string }>
          label={word('ticketAct', 'resolve')}
          type="primary"
          says={t('ticket.resolveSays')}
          fields={
            <>
              <NoteField name="message" label={t('ticket.resolveMessage')} />
              <NoteField name="note" label={t('ticket.note')} />
            </>
          }
          send={({ message, note }, idempotencyKey) =>
            client.post('/tickets/{ticketId}/resolve', {
              path,
              body: { ...(message ? { message } : {}), ...(note ? { note } : {}) },
              idempotencyKey,
            })
          }
        />
      )}
      {may('reopen') && (
        <ConfirmButton
          type="primary"
          title={word('ticketAct', 'reopen')}
          says={t('ticket.reopenSays')}
          reason="optional"
          act={(reason) => reopen.mutateAsync(reason)}
        >
          {word('ticketAct', 'reopen')}
        </ConfirmButton>
      )}
    </>
  );
}

function People({ ticket, may }: { ticket: Ticket; may: (act: string) => boolean }) {
  const t = useT();
  const word = useWord();
  const path = { ticketId: ticket.id };
  const take = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/tickets/{ticketId}/assign', { path, body: { assigneeId: 'me' }, idempotencyKey }),
  );
  return (
    <>
      {may('take') && ticket.assignee === null && (
        <Button loading={take.isPending} onClick={() => take.mutate({})}>
          {t('ticket.take')}
        </Button>
      )}
      {may('assign') && (
        <FormButton<{ teamId?: string; assigneeId?: string }>
          label={t('ticket.assign')}
          initial={{
            ...(ticket.team ? { teamId: ticket.team.id } : {}),
            ...(ticket.assignee ? { assigneeId: ticket.assignee.id } : {}),
          }}
          fields={<AssignFields />}
          send={({ teamId, assigneeId }, idempotencyKey) =>
            client.post('/tickets/{ticketId}/assign', {
              path,
              body: { teamId: teamId ?? null, assigneeId: assigneeId ?? null },
              idempotencyKey,
            })
          }
        />
      )}
      {may('escalate') && (
        <FormButton<{ reason: string; to?: (typeof RUNGS)[number] }>
          label={t('ticket.escalate')}
          says={t('ticket.escalateSays')}
          fields={
            <>
              <Form.Item name="to" label={t('ticket.escalateTo')}>
                <Select allowClear options={RUNGS.map((value) => ({ value, label: word('ticketRung', value) }))} />
              </Form.Item>
              <NoteField name="reason" label={t('ui.reason')} required />
            </>
          }
          send={({ reason, to }, idempotencyKey) =>
            client.post('/tickets/{ticketId}/escalate', {
              path,
              body: { reason, ...(to ? { to } : {}) },
              idempotencyKey,
            })
          }
        />
      )}
    </>
  );
}

type Edited = {
  subject: string;
  category: string;
  severity: 'normal' | 'major';
  priority: Ticket['priority'];
  tags: string[];
  reason?: string;
};

function EditButton({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const word = useWord();
  const { subject, category, severity, priority, tags } = ticket;
  return (
    <FormButton<Edited>
      label={t('ticket.edit')}
      says={t('ticket.editSays')}
      initial={{ subject, category, severity, priority, tags }}
      fields={
        <>
          <SubjectField />
          <CategoryField />
          <Form.Item name="severity" label={t('ticket.severity')}>
            <Select options={['normal', 'major'].map((value) => ({ value, label: word('ticketSeverity', value) }))} />
          </Form.Item>
          <PriorityField />
          <Form.Item name="tags" label={t('ticket.tags')}>
            <Select mode="tags" maxCount={20} open={false} suffixIcon={null} />
          </Form.Item>
          <NoteField name="reason" label={t('ticket.editReason')} />
        </>
      }
      send={({ reason, ...values }) =>
        client.patch('/tickets/{ticketId}', {
          path: { ticketId: ticket.id },
          body: { ...values, ...(reason ? { reason } : {}) },
        })
      }
    />
  );
}

function SplitButtons(props: {
  ticket: Ticket;
  chosen: readonly string[];
  onChoose: (ids: string[] | undefined) => void;
  open: (id: string) => void;
}) {
  const { ticket, chosen, open } = props;
  const t = useT();
  const path = { ticketId: ticket.id };
  return (
    <>
      <Button onClick={() => props.onChoose(undefined)}>{t('ui.cancel')}</Button>
      {chosen.length > 0 && (
        <FormButton<{ subject: string; category: string }>
          label={t('ticket.splitChosen', { n: chosen.length })}
          type="primary"
          initial={{ category: ticket.category, subject: ticket.subject }}
          fields={
            <>
              <SubjectField />
              <CategoryField />
            </>
          }
          send={(values, idempotencyKey) =>
            client.post('/tickets/{ticketId}/split', {
              path,
              body: { ...values, messageIds: [...chosen] },
              idempotencyKey,
            })
          }
          onDone={(made) => {
            props.onChoose(undefined);
            open((made as Ticket).id);
          }}
        />
      )}
    </>
  );
}

function Family(props: {
  ticket: Ticket;
  may: (act: string) => boolean;
  chosen: readonly string[] | undefined;
  onChoose: (ids: string[] | undefined) => void;
}) {
  const { ticket, may, chosen } = props;
  const t = useT();
  const navigate = useNavigate();
  const path = { ticketId: ticket.id };
  const unmerge = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/tickets/{ticketId}/unmerge', { path, idempotencyKey }),
  );
  const open = (id: string) => void navigate({ to: '/tickets/$id', params: { id } as never });
  return (
    <>
      {may('merge') && (
        <FormButton<{ intoId: string }>
          label={t('ticket.merge')}
          says={t('ticket.mergeSays')}
          fields={
            <Form.Item
              name="intoId"
              label={t('ticket.mergeInto')}
              rules={[{ required: true, message: t('ui.required') }]}
            >
              <Input className="mono" maxLength={60} placeholder="T…" autoFocus />
            </Form.Item>
          }
          send={({ intoId }, idempotencyKey) =>
            client.post('/tickets/{ticketId}/merge', { path, body: { intoId: intoId.trim() }, idempotencyKey })
          }
          onDone={(into) => open((into as Ticket).id)}
        />
      )}
      {may('unmerge') && (
        <ConfirmButton
          type="primary"
          title={t('ticket.unmerge')}
          says={t('ticket.unmergeSays')}
          act={() => unmerge.mutateAsync({})}
        >
          {t('ticket.unmerge')}
        </ConfirmButton>
      )}
      {may('split') && chosen === undefined && <Button onClick={() => props.onChoose([])}>{t('ticket.split')}</Button>}
      {chosen !== undefined && <SplitButtons ticket={ticket} chosen={chosen} onChoose={props.onChoose} open={open} />}
    </>
  );
}

/** What may be done to a ticket now, as the server says. */
export function TicketActions(props: {
  ticket: Ticket;
  chosen: readonly string[] | undefined;
  onChoose: (ids: string[] | undefined) => void;
}) {
  const may = (act: string): boolean => props.ticket.may.includes(act);
  return (
    <>
      <Working ticket={props.ticket} may={may} />
      <People ticket={props.ticket} may={may} />
      {may('edit') && <EditButton ticket={props.ticket} />}
      <Family {...props} may={may} />
    </>
  );
}
