import { CopyOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Drawer, Segmented } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery, oneQuery } from '../../../api/console.ts';
import type { Explanation, Order } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { type Locale, LOCALES, useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { useHotkeys } from '../../../ui/use-hotkeys.ts';
import { can } from '../../permissions.ts';
import { FileClaimDialog } from './file-claim-dialog.tsx';
import { Agreed, Terms } from './snapshot-panels.tsx';
import './claims.css';

/** Words to send to the customer, in either language. */
function Explained({ explanation }: { explanation: Explanation }) {
  const t = useT();
  const { message } = App.useApp();
  const [locale, setLocale] = useState<Locale>(useLocale());
  const text = explanation.text[locale];
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    void message.success(t('claim.copied'));
  };
  return (
    <Panel
      title={t('claim.explained')}
      extra={
        <span className="row tight">
          <Segmented<Locale>
            size="small"
            value={locale}
            options={LOCALES.map((value) => ({ value, label: t(`language.${value}`) }))}
            onChange={setLocale}
          />
          <Button size="small" type="primary" icon={<CopyOutlined />} onClick={() => void copy()}>
            {t('claim.copy')}
          </Button>
        </span>
      }
    >
      <pre className="zg-claim-text" lang={locale}>
        {text}
      </pre>
    </Panel>
  );
}

/** Claims about the order, newest first. */
function Claims({ orderId }: { orderId: string }) {
  const t = useT();
  const word = useWord();
  const items = useQuery(listQuery('/claims', { orderId, limit: 20 })).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t('claim.list')} flush>
      <table className="zg-claim-table">
        <tbody>
          {items.map((c) => (
            <tr key={c.id}>
              <th scope="row">
                <Link to="/claims/$id" params={{ id: c.id } as never} className="mono">
                  {c.no}
                </Link>{' '}
                {word('claimKind', c.kind)}
              </th>
              <td className="num">
                <StatusTag kind="verdict" value={c.verdict} /> <StatusTag kind="claim" value={c.state} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Contents({ order }: { order: Order }) {
  const locale = useLocale();
  const me = useQuery(meQuery).data;
  const of = { path: { orderId: order.id }, query: { locale } };
  const snapshot = useQuery(oneQuery('/orders/{orderId}/snapshot', of));
  const explanation = useQuery(oneQuery('/orders/{orderId}/explanation', of));
  if (snapshot.isPending || explanation.isPending) return <Loading heightPx={320} />;
  if (!snapshot.data || !explanation.data)
    return (
      <ErrorState
        error={snapshot.error ?? explanation.error}
        onRetry={() => (void snapshot.refetch(), void explanation.refetch())}
      />
    );
  return (
    <div className="stack">
      <Explained explanation={explanation.data} />
      {can(me, 'orders.claim.read') && <Claims orderId={snapshot.data.order.id} />}
      <Agreed snapshot={snapshot.data} />
      <Terms snapshot={snapshot.data} />
    </div>
  );
}

/** What was agreed when the order was placed, explained; and the way to a claim. S opens it. */
export function SnapshotButton({ order }: { order: Order }) {
  const t = useT();
  const me = useQuery(meQuery).data;
  const [open, setOpen] = useState(false);
  const [filing, setFiling] = useState(false);
  const locale = useLocale();
  const known = useQuery({
    ...oneQuery('/orders/{orderId}/explanation', { path: { orderId: order.id }, query: { locale } }),
    enabled: open,
  });
  useHotkeys({ s: () => setOpen(true) });
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        {t('claim.snapshot')} <kbd>S</kbd>
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        destroyOnHidden
        size={720}
        title={
          <>
            {t('claim.snapshot')} <span className="mono">{order.orderNo}</span>
          </>
        }
        extra={
          known.data &&
          can(me, 'orders.claim.handle') && <Button onClick={() => setFiling(true)}>{t('claim.file')}</Button>
        }
      >
        <Contents order={order} />
      </Drawer>
      {filing && <FileClaimDialog orderId={order.id} explanation={known.data} onClose={() => setFiling(false)} />}
    </>
  );
}
