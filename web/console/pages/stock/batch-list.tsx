import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DatePicker, type TableColumnsType, Tag } from 'antd';
import dayjs from 'dayjs';
import { listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Batch } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { CountText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { type Filters, useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';

type State = Batch['state'];
const STATES: readonly State[] = ['released', 'held', 'recalled'];
const COLOURS: Record<State, string> = { released: 'success', held: 'warning', recalled: 'error' };
const DAYS_SOON = 30;

function StateButton({ batch, state }: { batch: Batch; state: State }) {
  const t = useT();
  const set = useSubmit((reason: string, idempotencyKey) =>
    client.post('/stock/batches/{batchId}/state', {
      path: { batchId: batch.id },
      body: { state, reason },
      idempotencyKey,
    }),
  );
  return (
    <ConfirmButton
      size="small"
      type="link"
      danger={state === 'recalled'}
      title={`${t(`batch.do.${state}`)} ${batch.batch}`}
      says={t(`batch.doSays.${state}`)}
      reason="required"
      act={(reason) => set.mutateAsync(reason)}
    >
      {t(`batch.do.${state}`)}
    </ConfirmButton>
  );
}

/** How near the last day is, in words and colour. */
function Expiry({ day }: { day: string | null }) {
  const t = useT();
  if (day === null) return <span className="muted">{t('batch.never')}</span>;
  const days = dayjs(day).diff(dayjs().startOf('day'), 'day');
  const colour = days < 0 ? 'var(--bad)' : days <= DAYS_SOON ? 'var(--warn)' : undefined;
  return (
    <>
      <div className="nowrap">{day}</div>
      <span className="muted" style={colour ? { color: colour } : {}}>
        {days < 0 ? t('batch.expired', { days: -days }) : t('batch.daysLeft', { days })}
      </span>
    </>
  );
}

function useColumns(): TableColumnsType<Batch> {
  const t = useT();
  const mayWrite = can(useQuery(meQuery).data, 'inventory.state.write');
  return [
    { title: t('batch.expiresOn'), width: 140, render: (_, row) => <Expiry day={row.expiresOn} /> },
    { title: t('stock.batch'), render: (_, row) => <span className="wrap">{row.batch}</span> },
    { title: t('binStock.sku'), width: 200, render: (_, row) => <span className="mono">{row.sku}</span> },
    { title: t('batch.producedOn'), width: 120, render: (_, row) => row.producedOn ?? '–' },
    {
      title: t('binStock.state'),
      width: 100,
      render: (_, row) => <Tag color={COLOURS[row.state]}>{t(`batchState.${row.state}`)}</Tag>,
    },
    {
      title: t('move.quantity'),
      width: 110,
      align: 'right',
      render: (_, row) => (
        <Link to="/stock/bins" search={{ sku: row.sku, batch: row.batch } as never} title={t('bin.toStock')}>
          <CountText value={row.units} />
        </Link>
      ),
    },
    {
      key: 'actions',
      width: 190,
      align: 'right',
      render: (_, row) =>
        mayWrite && (
          <span className="row tight" style={{ justifyContent: 'flex-end' }}>
            {STATES.filter((s) => s !== row.state).map((state) => (
              <StateButton key={state} batch={row} state={state} />
            ))}
          </span>
        ),
    },
  ];
}

function ExpiryFilter({ filters }: { filters: Filters }) {
  const t = useT();
  const day = filters.search['expiresBefore'];
  return (
    <DatePicker
      value={day ? dayjs(day) : null}
      placeholder={t('batch.expiresBefore')}
      aria-label={t('batch.expiresBefore')}
      presets={[7, DAYS_SOON, 90].map((days) => ({
        label: t('batch.within', { days }),
        value: dayjs().add(days, 'day'),
      }))}
      onChange={(value: dayjs.Dayjs | null) => filters.set({ expiresBefore: value?.format('YYYY-MM-DD') })}
    />
  );
}

/** Batches, those that expire first at the front; one can be held back, recalled and released. */
export default function BatchList() {
  const t = useT();
  const filters = useFilters(['sku', 'state', 'expiresBefore']);
  const query = useQuery(listQuery('/stock/batches', { ...filters.search, limit: filters.limit }));
  const columns = useColumns();
  return (
    <Page title={t('nav.batches')} says={t('batch.says')}>
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} name="sku" placeholder={t('binStock.sku')} />
        <ChoiceFilter
          filters={filters}
          name="state"
          label={t('binStock.state')}
          options={STATES.map((value) => ({ value, label: t(`batchState.${value}`) }))}
        />
        <ExpiryFilter filters={filters} />
      </FilterBar>
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} minWidthPx={1060} />
    </Page>
  );
}
