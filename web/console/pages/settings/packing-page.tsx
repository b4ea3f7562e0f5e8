import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { meQuery } from '../../../api/console.ts';
import { Page } from '../../../ui/components/page.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { CartonsTab } from './cartons-tab.tsx';
import { CheckPlansTab } from './check-plans-tab.tsx';
import { CutoffsTab } from './cutoffs-tab.tsx';

const VIEWS = [
  { view: 'cartons', needs: 'fulfilment.carton.read', tab: CartonsTab },
  { view: 'cutoffs', needs: 'fulfilment.manifest.read', tab: CutoffsTab },
  { view: 'checks', needs: 'fulfilment.spot_check.read', tab: CheckPlansTab },
] as const;

/** What the packing tables work with: cartons, when carriers come, which parcels are opened again. */
export default function PackingPage() {
  const t = useT();
  const filters = useFilters(['view']);
  const me = useQuery(meQuery).data;
  const views = VIEWS.filter(({ needs }) => can(me, needs));
  const shown = views.find(({ view }) => view === filters.search['view']) ?? views[0];
  return (
    <Page title={t('packing.title')} says={t('packing.says')}>
      {shown && (
        <>
          <Tabs
            activeKey={shown.view}
            style={{ marginBottom: -16 }}
            items={views.map(({ view }) => ({ key: view, label: t(`packing.view.${view}`) }))}
            onChange={(view) => filters.set({ view })}
          />
          <shown.tab />
        </>
      )}
    </Page>
  );
}
