import { BellOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Badge, Button, Popover } from 'antd';
import { useState } from 'react';
import { listQuery, oneQuery } from '../../api/console.ts';
import { client } from '../../api/instance.ts';
import type { Notice } from '../../api/types.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { EmptyState } from '../../ui/components/states.tsx';
import { TimeText } from '../../ui/components/text.tsx';
import { useT } from '../../ui/i18n.ts';

const POLL_MS = 60_000;

/** The order a notice is about, where it is about one. */
const orderOf = (notice: Notice): string | undefined => {
  const { orderId } = notice.data;
  return typeof orderId === 'string' ? orderId : undefined;
};

function Notices({ items, onGo }: { items: Notice[]; onGo: () => void }) {
  const t = useT();
  if (items.length === 0) return <EmptyState title={t('bell.none')} />;
  return (
    <ul className="zg-notices">
      {items.map((notice) => (
        <li key={notice.id} data-unread={notice.readAt === null}>
          {orderOf(notice) ? (
            <Link to="/orders/$id" params={{ id: orderOf(notice) } as never} onClick={onGo} className="wrap">
              {notice.title}
            </Link>
          ) : notice.template === 'inventory.alerts' ? (
            <Link to="/stock/alerts" onClick={onGo} className="wrap">
              {notice.title}
            </Link>
          ) : (
            <span className="wrap">{notice.title}</span>
          )}
          <div className="muted clamp2">{notice.body}</div>
          <TimeText at={notice.createdAt} relative />
        </li>
      ))}
    </ul>
  );
}

/** Unread notices of this person; opening the list marks them read. */
export function Bell() {
  const t = useT();
  const [open, setOpen] = useState(false);
  const notices = useQuery({ ...listQuery('/notifications', { limit: 20 }), refetchInterval: POLL_MS });
  const items = notices.data?.items ?? [];
  const unread = useQuery({ ...oneQuery('/notifications/unread'), refetchInterval: POLL_MS }).data?.count ?? 0;
  const markRead = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/notifications/read', { idempotencyKey }),
  );
  const onOpenChange = (next: boolean) => {
    setOpen(next);
    if (!next && unread > 0) markRead.mutate({});
  };
  return (
    <Popover
      open={open}
      onOpenChange={onOpenChange}
      trigger="click"
      placement="bottomRight"
      title={t('bell.title')}
      content={<Notices items={items} onGo={() => onOpenChange(false)} />}
    >
      <Badge count={unread} size="small" offset={[-6, 6]}>
        <Button type="text" icon={<BellOutlined />} aria-label={t('bell.label', { unread })} />
      </Badge>
    </Popover>
  );
}
