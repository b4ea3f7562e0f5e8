import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { meQuery, planQuery, warehousesQuery } from '../../../api/console.ts';
import type { WarehousePlan } from '../../../api/types.ts';
import { FloorPlan } from '../../../ui/components/floor-plan.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { BinsPanel } from './bins-panel.tsx';
import { floorBins, floorOfPlan } from './plan-view.ts';
import { ZonesPanel } from './zones-panel.tsx';
import './warehouse.css';

const SlottingPanel = lazy(() => import('./slotting-panel.tsx'));
const BinDrawer = lazy(() => import('./bin-drawer.tsx'));
const LayOutDialog = lazy(() => import('./lay-out-dialog.tsx'));
const PasteBinsDialog = lazy(() => import('./paste-bins-dialog.tsx'));

function PlanPanel(props: { plan: WarehousePlan; marked: string | undefined; onPick: (code: string) => void }) {
  const { plan, marked, onPick } = props;
  const t = useT();
  const floor = useMemo(() => floorOfPlan(plan), [plan]);
  const bins = useMemo(() => (plan.layout ? floorBins(plan.bins, plan.layout) : []), [plan]);
  return (
    <Panel title={t('floor.title')} extra={<span className="muted zg-plan-says">{t('bin.planSays')}</span>}>
      {plan.cut && <Alert type="info" showIcon title={t('bin.planCut')} style={{ marginBottom: 12 }} />}
      {floor && bins.length > 0 ? (
        <FloorPlan
          floor={floor}
          bins={bins}
          marked={marked}
          onPick={(column) => {
            const codes = column.bins.map((b) => b.code);
            const at = codes.indexOf(marked ?? '');
            onPick(codes[(at + 1) % codes.length] ?? ''); // a rack's levels one after the other
          }}
        />
      ) : (
        <EmptyState title={t('bin.noPlan')} />
      )}
    </Panel>
  );
}

/** One warehouse: its floor from above, its zones, and its bins with what stands in them. */
export default function WarehousePage() {
  const t = useT();
  const { code } = useParams({ strict: false }) as { code: string };
  const name = useQuery(warehousesQuery).data?.items.find((w) => w.code === code)?.name;
  const query = useQuery(planQuery(code));
  const me = useQuery(meQuery).data;
  const mayWrite = can(me, 'inventory.warehouse.write');
  const maySlot = can(me, 'inventory.replenishment.read');
  const [bin, setBin] = useState<string>();
  const [dialog, setDialog] = useState<'layOut' | 'paste'>();
  const plan = query.data;
  const close = () => setDialog(undefined);
  return (
    <Page
      title={name ?? code}
      says={<span className="mono">{code}</span>}
      extra={
        <>
          <Link to="/stock/bins" search={{ warehouse: code } as never}>
            {t('nav.binStock')}
          </Link>
          <Link to="/stock/put-away" search={{ warehouse: code } as never}>
            {t('nav.putAway')}
          </Link>
          {mayWrite && <Button onClick={() => setDialog('paste')}>{t('bin.paste')}</Button>}
          {mayWrite && (
            <Button type="primary" disabled={!plan} onClick={() => setDialog('layOut')}>
              {t('bin.layOut')}
            </Button>
          )}
        </>
      }
    >
      {query.isPending && <Loading heightPx={480} />}
      {query.isError && !plan && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {plan && (
        <>
          <PlanPanel plan={plan} marked={bin} onPick={setBin} />
          <div className="zg-two">
            <BinsPanel warehouse={code} zones={plan.zones} onOpen={setBin} />
            <ZonesPanel warehouse={code} plan={plan} />
          </div>
          {maySlot && (
            <Suspense>
              <SlottingPanel warehouse={code} />
            </Suspense>
          )}
          <Suspense>
            {bin && <BinDrawer key={bin} warehouse={code} code={bin} plan={plan} onClose={() => setBin(undefined)} />}
            {dialog === 'layOut' && <LayOutDialog plan={plan} onClose={close} />}
            {dialog === 'paste' && <PasteBinsDialog warehouse={code} zones={plan.zones} onClose={close} />}
          </Suspense>
        </>
      )}
    </Page>
  );
}
