import { FilePdfOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button, Descriptions, Tag } from 'antd';
import { useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Claim } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { useHotkeys } from '../../../ui/use-hotkeys.ts';
import { ClaimReport } from './claim-report.tsx';
import { CorrectDialog } from './correct-dialog.tsx';
import './claims.css';

const CLOCK_COLOURS = { running: 'default', warned: 'warning', missed: 'error', done: 'default' } as const;

function Actions({ claim, onCorrect }: { claim: Claim; onCorrect: () => void }) {
  const t = useT();
  const locale = useLocale();
  const dismiss = useSubmit((reason: string, idempotencyKey) =>
    client.post('/claims/{claimId}/dismiss', { path: { claimId: claim.id }, body: { reason }, idempotencyKey }),
  );
  return (
    <>
      <Button
        icon={<FilePdfOutlined />}
        href={`/api/v1/claims/${claim.id}/report.pdf?locale=${locale}`}
        target="_blank"
      >
        {t('claim.pdf')} <kbd>P</kbd>
      </Button>
      {claim.may.includes('dismiss') && (
        <ConfirmButton
          title={t('claim.dismiss')}
          says={t('claim.dismissSays')}
          reason="required"
          reasonLabel={t('claim.answer')}
          act={(reason) => dismiss.mutateAsync(reason)}
        >
          {t('claim.dismiss')}
        </ConfirmButton>
      )}
      {claim.may.includes('correct') && (
        <Button type="primary" onClick={onCorrect}>
          {t('claim.correct')} <kbd>C</kbd>
        </Button>
      )}
    </>
  );
}

function Facts({ claim }: { claim: Claim }) {
  const t = useT();
  const word = useWord();
  const order = (o: { id: string; orderNo: string }) => (
    <Link key={o.id} to="/orders/$id" params={{ id: o.id } as never} className="mono">
      {o.orderNo}
    </Link>
  );
  const items = [
    { key: 'order', label: t('claim.order'), children: order({ id: claim.orderId, orderNo: claim.orderNo }) },
    ...(claim.goesOnIn.length > 0
      ? [
          {
            key: 'goes',
            label: t('claim.goesOnIn'),
            children: <span className="row tight">{claim.goesOnIn.map(order)}</span>,
          },
        ]
      : []),
    {
      key: 'customer',
      label: t('order.customer'),
      children: (
        <Link to="/customers/$id" params={{ id: claim.customer.id } as never}>
          {claim.customer.name} {claim.customer.phone}
        </Link>
      ),
    },
    { key: 'placed', label: t('order.placedAt'), children: <TimeText at={claim.report.orderedAt} /> },
    {
      key: 'opened',
      label: t('claim.opened'),
      children: (
        <span className="row tight">
          <TimeText at={claim.openedAt} />{' '}
          <span>{claim.openedBy === 'customer' ? word('actor', 'customer') : claim.openedBy}</span>
        </span>
      ),
    },
    { key: 'due', label: t('claim.due'), children: <TimeText at={claim.dueAt} /> },
    { key: 'note', label: t('claim.note'), children: <span className="wrap">{claim.note || '–'}</span> },
  ];
  return (
    <Panel title={t('claim.facts')}>
      <Descriptions size="small" column={1} items={items} />
    </Panel>
  );
}

/** What was asked for, or done. */
function Outcome({ claim }: { claim: Claim }) {
  const t = useT();
  if (!claim.asked && claim.state === 'open') return null;
  const done = claim.state === 'corrected';
  const refund = done ? claim.refunded : (claim.asked?.refund ?? null);
  const points = done ? claim.points : (claim.asked?.points ?? null);
  const items = [
    { key: 'refund', label: t('claim.refund'), children: <MoneyText value={refund} strong /> },
    { key: 'points', label: t('claim.grantPoints'), children: points ?? '–' },
    ...(claim.asked?.sendGift ? [{ key: 'gift', label: t('claim.gift'), children: t('claim.sendGift') }] : []),
    ...(claim.asked?.note
      ? [{ key: 'note', label: t('claim.noteForApprover'), children: <span className="wrap">{claim.asked.note}</span> }]
      : []),
  ];
  const settled = [
    { key: 'at', label: t('claim.resolved'), children: <TimeText at={claim.resolvedAt} /> },
    { key: 'by', label: t('claim.resolvedBy'), children: claim.resolvedBy ?? '–' },
    ...(claim.answer
      ? [{ key: 'answer', label: t('claim.answer'), children: <span className="wrap">{claim.answer}</span> }]
      : []),
  ];
  return (
    <Panel title={t(claim.state === 'open' ? 'claim.askedFor' : 'claim.outcome')}>
      <Descriptions
        size="small"
        column={1}
        items={[...(claim.state === 'dismissed' ? [] : items), ...(claim.state === 'open' ? [] : settled)]}
      />
    </Panel>
  );
}

/** One claim: what was agreed beside what the rules give, and what is done about it. */
export default function ClaimPage() {
  const t = useT();
  const word = useWord();
  const locale = useLocale();
  const { id } = useParams({ strict: false }) as { id: string };
  const [correcting, setCorrecting] = useState(false);
  const query = useQuery(oneQuery('/claims/{claimId}', { path: { claimId: id }, query: { locale } }));
  useHotkeys({
    c: () => query.data?.may.includes('correct') && setCorrecting(true),
    p: () => window.open(`/api/v1/claims/${id}/report.pdf?locale=${locale}`, '_blank'),
  });
  if (query.isPending) return <Loading heightPx={480} />;
  if (!query.data) {
    return (
      <Page title={t('claim.one')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  const claim = query.data;
  const title = (
    <span className="row">
      <span>{word('claimKind', claim.kind)}</span>
      <span className="mono">{claim.no}</span>
      <StatusTag kind="claim" value={claim.awaitsApproval ? 'awaiting_approval' : claim.state} />
      {claim.state === 'open' && (
        <Tag color={CLOCK_COLOURS[claim.clock]} variant="filled">
          {t('claim.due')} <TimeText at={claim.dueAt} relative />
        </Tag>
      )}
    </span>
  );
  return (
    <Page title={title} extra={<Actions claim={claim} onCorrect={() => setCorrecting(true)} />}>
      {claim.approval && (
        <Alert
          type="info"
          showIcon
          title={t('claim.awaits', { by: claim.approval.requestedBy })}
          action={<Link to="/approvals">{t('claim.toApprovals')}</Link>}
        />
      )}
      <div className="zg-two">
        <div className="stack">
          <ClaimReport claim={claim} />
        </div>
        <div className="stack">
          <Facts claim={claim} />
          <Outcome claim={claim} />
        </div>
      </div>
      {correcting && <CorrectDialog claim={claim} onClose={() => setCorrecting(false)} />}
    </Page>
  );
}
