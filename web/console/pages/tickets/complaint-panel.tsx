import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, InputNumber, Select, Typography } from 'antd';
import { useState } from 'react';
import { meQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { ComplaintAgreement, Ticket } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading, useErrorTitle } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { NoteField } from './fields.tsx';
import { FormButton } from '../../form-button.tsx';
import './tickets.css';

const MINOR = 100;

function Reports({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const path = { ticketId: ticket.id };
  const query = useQuery(oneQuery('/tickets/{ticketId}/reports', { path }));
  if (query.isPending) return <Loading heightPx={80} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { items, may } = query.data;
  return (
    <Panel
      title={t('complaint.reports')}
      extra={
        may.includes('report') && (
          <FormButton<{ body: string }>
            label={t('complaint.report')}
            type="primary"
            fields={<NoteField name="body" label={t('complaint.reportBody')} required />}
            send={(body, idempotencyKey) => client.post('/tickets/{ticketId}/reports', { path, body, idempotencyKey })}
          />
        )
      }
    >
      {items.length === 0 && <EmptyState title={t('complaint.noReports')} />}
      <ol className="zg-steps">
        {items.map((r) => (
          <li key={r.id}>
            <div>
              <TimeText at={r.dueAt} /> {r.by && <span className="muted">{r.by}</span>}
              {r.body && <div className="wrap">{r.body}</div>}
            </div>
            <span />
            <StatusTag kind="report" value={r.state} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

type Drafted = {
  locale: 'zh-CN' | 'en';
  customerName?: string;
  yuan?: number;
  measures?: string;
  performBy?: string;
  other?: string;
};

function DraftButton({ ticket, last }: { ticket: Ticket; last: ComplaintAgreement | undefined }) {
  const t = useT();
  return (
    <FormButton<Drafted>
      label={t(last ? 'complaint.newVersion' : 'complaint.draft')}
      type={last ? 'default' : 'primary'}
      wide
      says={t('complaint.draftSays')}
      initial={{
        locale: last?.locale ?? 'zh-CN',
        yuan: last ? last.amount.amount / MINOR : 0,
        measures: last?.measures ?? '',
        other: last?.other ?? '',
        ...(last?.performBy ? { performBy: last.performBy } : {}),
      }}
      fields={
        <>
          <Form.Item name="locale" label={t('complaint.language')}>
            <Select options={['zh-CN', 'en'].map((value) => ({ value, label: t(`language.${value}`) }))} />
          </Form.Item>
          <Form.Item name="customerName" label={t('complaint.customerName')} extra={t('complaint.customerNameSays')}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="yuan" label={t('complaint.amount')}>
            <InputNumber min={0} precision={2} style={{ width: 180 }} />
          </Form.Item>
          <NoteField name="measures" label={t('complaint.measures')} />
          <Form.Item name="performBy" label={t('complaint.performBy')} rules={[{ pattern: /^\d{4}-\d{2}-\d{2}$/ }]}>
            <Input type="date" style={{ width: 180 }} />
          </Form.Item>
          <NoteField name="other" label={t('complaint.other')} />
        </>
      }
      send={({ yuan, customerName, performBy, measures, other, locale }, idempotencyKey) =>
        client.post('/tickets/{ticketId}/agreements', {
          path: { ticketId: ticket.id },
          body: {
            locale,
            amount: Math.round((yuan ?? 0) * MINOR),
            measures: measures ?? '',
            other: other ?? '',
            ...(customerName ? { customerName } : {}),
            ...(performBy ? { performBy } : {}),
          },
          idempotencyKey,
        })
      }
    />
  );
}

function Withdraw({ path }: { path: { agreementId: string } }) {
  const t = useT();
  const withdraw = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/agreements/{agreementId}/withdraw', { path, idempotencyKey }),
  );
  return (
    <ConfirmButton
      size="small"
      danger
      title={t('complaint.withdraw')}
      says={t('complaint.withdrawSays')}
      act={() => withdraw.mutateAsync({})}
    >
      {t('complaint.withdraw')}
    </ConfirmButton>
  );
}

function Agreement({ agreement: a }: { agreement: ComplaintAgreement }) {
  const t = useT();
  const { message } = App.useApp();
  const title = useErrorTitle();
  const [link, setLink] = useState<string>();
  const path = { agreementId: a.id };
  const send = useSubmit((_: Record<never, never>) => client.repeatable('/agreements/{agreementId}/send', { path }), {
    onSuccess: (sent) => {
      setLink(sent.link);
      void message.success(t(sent.mailed ? 'complaint.mailed' : 'complaint.notMailed'));
    },
    onError: (error) => void message.error(title(error)),
  });
  return (
    <div className="stack">
      <div className="row">
        <span className="mono">{a.no}</span>
        <span className="muted">{t('complaint.version', { version: a.version })}</span>
        <StatusTag kind="agreement" value={a.state} />
        <MoneyText value={a.amount} strong />
        <Button size="small" href={`/api/v1/agreements/${a.id}/pdf`} target="_blank">
          PDF
        </Button>
        {a.may.includes('send') && (
          <Button size="small" type="primary" loading={send.isPending} onClick={() => send.mutate({})}>
            {t(a.state === 'sent' ? 'complaint.sendAgain' : 'complaint.send')}
          </Button>
        )}
        {a.may.includes('withdraw') && <Withdraw path={path} />}
      </div>
      {link && (
        <Alert
          type="success"
          showIcon
          title={t('complaint.link')}
          description={
            <Typography.Text copyable className="wrap mono">
              {link}
            </Typography.Text>
          }
        />
      )}
      {a.signedAt && (
        <div>
          {t('complaint.signedBy', { name: a.signedBy ?? '' })} <TimeText at={a.signedAt} />
        </div>
      )}
      {a.state === 'sent' && (
        <div className="muted">
          {t('complaint.until')} <TimeText at={a.expiresAt} />
        </div>
      )}
      <div className="zg-agreement">{a.text}</div>
      <div className="mono muted wrap">SHA-256 {a.sha256}</div>
    </div>
  );
}

function Agreements({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const query = useQuery(oneQuery('/tickets/{ticketId}/agreements', { path: { ticketId: ticket.id } }));
  if (query.isPending) return <Loading heightPx={80} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { items, may } = query.data;
  const [latest, ...older] = items;
  return (
    <Panel
      title={t('complaint.agreement')}
      extra={may.includes('draft') && <DraftButton ticket={ticket} last={latest} />}
    >
      {latest ? <Agreement agreement={latest} /> : <EmptyState title={t('complaint.noAgreement')} />}
      {older.map((a) => (
        <div key={a.id} className="row muted">
          <span className="mono">{a.no}</span>
          {t('complaint.version', { version: a.version })} <StatusTag kind="agreement" value={a.state} />
          <MoneyText value={a.amount} />
        </div>
      ))}
    </Panel>
  );
}

/** Of a major complaint: what is reported on it, and the settlement the customer signs. */
export function ComplaintPanel({ ticket }: { ticket: Ticket }) {
  const { data: me } = useQuery(meQuery);
  if (!me || ticket.severity !== 'major' || !ticket.category.startsWith('complaint')) return null;
  return (
    <>
      <Agreements ticket={ticket} />
      <Reports ticket={ticket} />
    </>
  );
}
