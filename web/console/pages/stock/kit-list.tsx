import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, type TableColumnsType } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import type { Kit } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';

const KitDialog = lazy(() => import('./kit-dialog.tsx'));
const MakeKitsDialog = lazy(() => import('./make-kits-dialog.tsx'));
type Opened = { of: 'edit'; kit?: Kit } | { of: 'assemble' | 'takeApart'; kit: Kit };

function useColumns(onOpen: (opened: Opened) => void): TableColumnsType<Kit> {
  const t = useT();
  const mayWrite = can(useQuery(meQuery).data, 'inventory.kit.write');
  return [
    {
      title: t('kit.one'),
      width: 280,
      render: (_, kit) => (
        <>
          <div className="clamp2" title={kit.title}>
            {kit.title}
          </div>
          <span className="mono muted">{kit.sku}</span>
        </>
      ),
    },
    {
      title: t('kit.components'),
      render: (_, kit) => (
        <ul className="zg-plain">
          {kit.components.map((c) => (
            <li key={c.sku}>
              <strong>{c.quantity} ×</strong> <span className="wrap">{c.title}</span>{' '}
              <span className="mono muted">{c.sku}</span>
            </li>
          ))}
        </ul>
      ),
    },
    {
      key: 'actions',
      width: 250,
      align: 'right',
      render: (_, kit) =>
        mayWrite && (
          <span className="row tight" style={{ justifyContent: 'flex-end' }}>
            <Button size="small" onClick={() => onOpen({ of: 'assemble', kit })}>
              {t('kit.assemble')}
            </Button>
            <Button size="small" onClick={() => onOpen({ of: 'takeApart', kit })}>
              {t('kit.takeApart')}
            </Button>
            <Button size="small" type="link" onClick={() => onOpen({ of: 'edit', kit })}>
              {t('ui.edit')}
            </Button>
          </span>
        ),
    },
  ];
}

/** Kits, what they are made of, and making them. */
export default function KitList() {
  const t = useT();
  const filters = useFilters([]);
  const query = useQuery(listQuery('/stock/kits', { ...filters.search, limit: filters.limit }));
  const mayWrite = can(useQuery(meQuery).data, 'inventory.kit.write');
  const [open, setOpen] = useState<Opened>();
  const columns = useColumns(setOpen);
  const close = () => setOpen(undefined);
  return (
    <Page
      title={t('nav.kits')}
      says={t('kit.says')}
      extra={
        mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ of: 'edit' })}>
            {t('kit.new')}
          </Button>
        )
      }
    >
      <DataTable query={query} columns={columns} rowKey="sku" filters={filters} minWidthPx={860} />
      <Suspense>
        {open?.of === 'edit' && <KitDialog {...(open.kit ? { kit: open.kit } : {})} onClose={close} />}
        {open && open.of !== 'edit' && <MakeKitsDialog how={open.of} kit={open.kit} onClose={close} />}
      </Suspense>
    </Page>
  );
}
