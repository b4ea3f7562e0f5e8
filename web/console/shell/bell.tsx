import { BellOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Badge, Button, Popover } from 'antd';
import { useState } from 'react';
import { listQuery } from '../../api/console.ts';
import { client } from '../../api/instance.ts';
import type { Notice } from '../../api/types.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { EmptyState } from '../../ui/components/states.tsx';
import { TimeText } from '../../ui/components/text.tsx';
import { useT } from '../../ui/i18n.ts';

const POLL_MS = 60_000;

function Notices({ items, onGo }: { items: Notice[]; onGo: () => void }) {
  const t = useT();
  if (items.length === 0) return <EmptyState title={t('bell.none')} />;
  return (
    <ul className="zg-notices">
      {items.map((notice) => (
        <li key={notice.id} data-unread={notice.readAt === null}>
          {notice.link ? (
            <Link to={notice.link} onClick={onGo} className="wrap">
              {notice.title}
            </Link>
          ) : (
            <span className="wrap">{notice.title}</span>
          )}
          <div className="muted clamp2">{notice.body}</div>
          <TimeText at={notice.at} relative />
        </li>
      ))}
    </ul>
  );
}

/** Unread notices of this person; opening the list marks them read. */
export function Bell() {
  const t = useT();
  const [open, setOpen] = useState(false);
  const notices = useQuery({ ...listQuery<Notice>('/notifications', { limit: 20 }), refetchInterval: POLL_MS });
  const items = notices.data?.items ?? [];
  const unread = items.filter((notice) => notice.readAt === null).length;
  const markRead = useSubmit((ids: string[], key) =>
    client.post('/notifications/read', { ids }, { idempotencyKey: key }),
  );
  const onOpenChange = (next: boolean) => {
    setOpen(next);
    if (!next && unread > 0) markRead.mutate(items.filter((n) => n.readAt === null).map((n) => n.id));
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
