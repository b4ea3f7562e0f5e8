import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Descriptions, Table, type TableColumnsType } from 'antd';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Payout } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';

/** What the bank said of one payment, by hand. */
function Answer({ payout }: { payout: Payout }) {
  const t = useT();
  const send = useSubmit(({ what, said }: { what: string; said: string }, idempotencyKey) => {
    const path = { payoutId: payout.id };
    return what === 'confirm'
      ? client.post('/settlements/payments/{payoutId}/paid', { path, body: { reference: said }, idempotencyKey })
      : client.post('/settlements/payments/{payoutId}/failed', { path, body: { reason: said }, idempotencyKey });
  });
  return (
    <span className="row tight">
      {payout.may.map((what) => (
        <ConfirmButton
          key={what}
          size="small"
          danger={what === 'fail'}
          title={`${t(`payout.do.${what}`)} · ${payout.no}`}
          says={t(`payout.do.${what}Says`)}
          reason="required"
          reasonLabel={t(what === 'confirm' ? 'payout.reference' : 'ui.reason')}
          act={(said) => send.mutateAsync({ what, said })}
        >
          {t(`payout.do.${what}`)}
        </ConfirmButton>
      ))}
    </span>
  );
}

function useColumns(): TableColumnsType<Payout> {
  const t = useT();
  return [
    { title: t('payout.no'), width: 190, render: (_, p) => <span className="mono">{p.no}</span> },
    {
      title: t('settle.party'),
      render: (_, p) => (
        <Link to="/finance/parties/$id" params={{ id: p.partyId } as never} className="wrap">
          {p.party}
        </Link>
      ),
    },
    {
      title: t('settle.statement'),
      width: 190,
      render: (_, p) => (
        <Link to="/finance/settlements/$id" params={{ id: p.statementId } as never} className="mono">
          {p.statementNo}
        </Link>
      ),
    },
    { title: t('settle.account'), render: (_, p) => <span className="wrap">{p.account}</span> },
    { title: t('settle.amount'), width: 140, align: 'right', render: (_, p) => <MoneyText value={p} strong /> },
    { title: t('settle.state'), width: 110, render: (_, p) => <StatusTag kind="payout" value={p.state} /> },
    {
      title: t('payout.answer'),
      width: 230,
      render: (_, p) =>
        p.state === 'paying' ? (
          <Answer payout={p} />
        ) : (
          <span className="wrap">
            {p.reference ?? p.reason} <TimeText at={p.settledAt} />
          </span>
        ),
    },
  ];
}

/** One batch for the bank: its file, and what became of each payment. */
export default function BatchPage() {
  const t = useT();
  const navigate = useNavigate();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(oneQuery('/settlements/payouts/{batchId}', { path: { batchId: id } }));
  const columns = useColumns();
  if (query.isPending) return <Loading />;
  const batch = query.data;
  if (!batch) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const facts = {
    'settle.amount': <MoneyText value={batch} strong />,
    'payout.count': <CountText value={batch.payouts} />,
    'payout.answered': t('payout.answeredSays', { paying: batch.paying, paid: batch.paid, failed: batch.failed }),
    'payout.createdBy': (
      <>
        {batch.createdBy}&nbsp;
        <TimeText at={batch.createdAt} />
      </>
    ),
  };
  return (
    <Page
      title={
        <>
          {t('payout.batch')} <span className="mono">{batch.no}</span>
        </>
      }
      extra={
        <>
          {batch.may.includes('file') && (
            <Button icon={<DownloadOutlined />} href={`/api/v1/settlements/payouts/${batch.id}/file`} download>
              {t('payout.file')}
            </Button>
          )}
          {batch.may.includes('results') && (
            <Button icon={<UploadOutlined />} onClick={() => void navigate({ to: '/imports' })}>
              {t('payout.results')}
            </Button>
          )}
        </>
      }
    >
      <Panel>
        <Descriptions
          size="small"
          column={{ xs: 1, sm: 2, lg: 4 }}
          items={Object.entries(facts).map(([key, children]) => ({ key, label: t(key), children }))}
        />
        {batch.may.includes('file') && <p className="muted wrap">{t('payout.fileSays')}</p>}
      </Panel>
      <Panel flush>
        <Table<Payout>
          size="middle"
          rowKey="id"
          pagination={false}
          scroll={{ x: 1180 }}
          columns={columns}
          dataSource={batch.lines}
        />
      </Panel>
    </Page>
  );
}
