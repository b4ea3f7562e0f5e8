import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Descriptions, Drawer, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Difference } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { Side } from './difference-columns.tsx';
import { StoryLink } from './story-link.tsx';
import { EvidenceField } from './evidence-field.tsx';

type Propose = Body<'/reconciliation-differences/{differenceId}/propose', 'post'>;

function ProposeDialog({ difference, onClose }: { difference: Difference; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Propose>();
  const send = useSubmit(
    (body: Propose, idempotencyKey) =>
      client.post('/reconciliation-differences/{differenceId}/propose', {
        path: { differenceId: difference.id },
        body,
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <Modal
      open
      title={t('recon.propose')}
      okText={t('recon.propose')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(values) => send.mutate(values)}>
        <FormErrors form={form} error={send.error} />
        <p className="muted">{t('recon.proposeSays')}</p>
        <Form.Item name="action" label={t('recon.action')} rules={required}>
          <Select
            autoFocus
            options={difference.actions.map((value) => ({ value, label: word('reconAction', value) }))}
          />
        </Form.Item>
        <Form.Item name="reason" label={t('ui.reason')} rules={required}>
          <Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} />
        </Form.Item>
        <Form.Item name="fileIds" label={t('recon.evidence')}>
          <EvidenceField />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Actions({ difference }: { difference: Difference }) {
  const t = useT();
  const [proposing, setProposing] = useState(false);
  const path = { differenceId: difference.id };
  const assign = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/reconciliation-differences/{differenceId}/assign', { path, body: { ownerId: 'me' }, idempotencyKey }),
  );
  const note = useSubmit((text: string, idempotencyKey) =>
    client.post('/reconciliation-differences/{differenceId}/note', { path, body: { note: text }, idempotencyKey }),
  );
  const confirm = useSubmit((text: string, idempotencyKey) =>
    client.post('/reconciliation-differences/{differenceId}/confirm', { path, body: { note: text }, idempotencyKey }),
  );
  const reject = useSubmit((text: string, idempotencyKey) =>
    client.post('/reconciliation-differences/{differenceId}/reject', { path, body: { note: text }, idempotencyKey }),
  );
  const reopen = useSubmit((text: string, idempotencyKey) =>
    client.post('/reconciliation-differences/{differenceId}/reopen', { path, body: { note: text }, idempotencyKey }),
  );
  const may = (what: string) => difference.may.includes(what);
  return (
    <div className="row">
      {may('confirm') && (
        <ConfirmButton
          type="primary"
          title={t('recon.confirm')}
          says={t(difference.action === 'refund' ? 'recon.confirmRefundSays' : 'recon.confirmSays')}
          reason="optional"
          act={(text) => confirm.mutateAsync(text)}
        >
          {t('recon.confirm')}
        </ConfirmButton>
      )}
      {may('reject') && (
        <ConfirmButton title={t('recon.reject')} reason="required" act={(text) => reject.mutateAsync(text)}>
          {t('recon.reject')}
        </ConfirmButton>
      )}
      {may('propose') && (
        <Button type="primary" onClick={() => setProposing(true)}>
          {t('recon.propose')}
        </Button>
      )}
      {may('assign') && !difference.ownedByMe && (
        <Button loading={assign.isPending} onClick={() => assign.mutate({})}>
          {t('recon.take')}
        </Button>
      )}
      {may('note') && (
        <ConfirmButton title={t('recon.note')} reason="required" act={(text) => note.mutateAsync(text)}>
          {t('recon.note')}
        </ConfirmButton>
      )}
      {may('reopen') && (
        <ConfirmButton title={t('recon.reopen')} reason="required" act={(text) => reopen.mutateAsync(text)}>
          {t('recon.reopen')}
        </ConfirmButton>
      )}
      {proposing && <ProposeDialog difference={difference} onClose={() => setProposing(false)} />}
    </div>
  );
}

function Facts({ difference: d }: { difference: Difference }) {
  const t = useT();
  const word = useWord();
  const bill = (id: string, text: string) => (
    <Link to="/finance/reconciliations/$id" params={{ id } as never}>
      {text}
    </Link>
  );
  const facts = {
    'recon.subject': word('reconSubject', d.subject),
    'recon.reference': <StoryLink number={d.reference} />,
    'recon.txn': d.txn && <span className="mono wrap">{d.txn}</span>,
    'recon.expected': <Side row={d} value={d.expected} />,
    'recon.actual': <Side row={d} value={d.actual} />,
    'recon.occurredAt': <TimeText at={d.occurredAt} />,
    'recon.bill': bill(
      d.reconciliationId,
      `${word('billChannel', d.channel)} ${d.billDate}${d.line === null ? '' : ` · ${t('recon.line', { n: d.line })}`}`,
    ),
    'recon.dueOn': d.state === 'carried' && d.dueOn,
    'recon.owner': d.owner,
    'recon.action': d.action && word('reconAction', d.action),
    'ui.reason': d.reason && <span className="wrap">{d.reason}</span>,
    'recon.proposedBy': d.proposedBy,
    'recon.confirmedBy': d.confirmedBy,
    'recon.settledBy': d.evidence && bill(d.evidence.reconciliationId, t('recon.line', { n: d.evidence.line ?? 0 })),
  };
  return (
    <Descriptions
      column={1}
      size="small"
      items={Object.entries(facts)
        .filter(([, children]) => Boolean(children))
        .map(([key, children]) => ({ key, label: t(key), children }))}
    />
  );
}

/** One difference: both sides, what may be done, and what was done by whom. */
export function DifferenceDrawer({ differenceId, onClose }: { differenceId: string; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const query = useQuery(oneQuery('/reconciliation-differences/{differenceId}', { path: { differenceId } }));
  const d = query.data;
  return (
    <Drawer
      open
      size={680}
      onClose={onClose}
      title={
        d && (
          <span className="row tight">
            {word('reconKind', d.kind)} <StatusTag kind="difference" value={d.state} />
          </span>
        )
      }
    >
      {query.isPending && <Loading heightPx={320} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {d && (
        <div className="stack">
          <Actions difference={d} />
          <Facts difference={d} />
          {d.suggestions.length > 0 && (
            <section>
              <h3>{t('recon.suggestions')}</h3>
              <p className="muted">{t('recon.suggestionsSay')}</p>
              {d.suggestions.map((s) => (
                <div key={s.paymentId} className="row tight">
                  <span className="mono">{s.paymentNo}</span>
                  <MoneyText value={s} />
                  <TimeText at={s.at} />
                  <StatusTag kind="payment" value={s.status} />
                </div>
              ))}
            </section>
          )}
          <Timeline
            entries={d.moves.map((m, i) => ({
              key: String(i),
              at: m.at,
              text: `${word('reconEvent', m.event)}${m.note ? ` · ${m.note}` : ''}${m.fileIds.length > 0 ? ` · ${t('recon.files', { n: m.fileIds.length })}` : ''}`,
              by: m.by,
              tone: m.state === 'closed' ? ('good' as const) : ('plain' as const),
            }))}
          />
        </div>
      )}
    </Drawer>
  );
}
