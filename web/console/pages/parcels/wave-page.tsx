import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Progress, Select } from 'antd';
import { waveQuery } from '../../../api/console.ts';
import type { WaveDetail } from '../../../api/types.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { PickSheet, printSheet } from './pick-sheet.tsx';
import { type Round, roundsOf } from './pick-route.ts';
import { WavePicks } from './wave-picks.tsx';
import { WaveRoute } from './wave-route.tsx';
import { useWarehouseName } from '../stock/warehouses.tsx';
import './waves.css';

function RoundHead({ wave, round }: { wave: WaveDetail; round: Round }) {
  const t = useT();
  const mayScan = round.picks.some((pick) => pick.may.includes('scan'));
  return (
    <span className="row">
      <span style={{ width: 160 }}>
        <Progress
          percent={round.quantity === 0 ? 100 : Math.floor((100 * round.scanned) / round.quantity)}
          size="small"
        />
      </span>
      <Button icon={<PrinterOutlined />} onClick={printSheet}>
        {t('wave.print')}
      </Button>
      {mayScan && (
        <Link to="/picks/$waveId/$round" params={{ waveId: wave.id, round: String(round.round) } as never}>
          <Button type="primary" tabIndex={-1}>
            {t('wave.handheld')}
          </Button>
        </Link>
      )}
    </span>
  );
}

function Rounds({ wave, warehouse }: { wave: WaveDetail; warehouse: string }) {
  const t = useT();
  const filters = useFilters(['round']);
  const rounds = roundsOf(wave);
  const open = rounds.find((r) => r.picks.some((pick) => pick.status === 'picking')) ?? rounds[0];
  const round = rounds.find((r) => String(r.round) === filters.search['round']) ?? open;
  if (!round) return null;
  return (
    <>
      {rounds.length > 1 && (
        <Select
          style={{ maxWidth: 420 }}
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('wave.round')}
          value={round.round}
          options={rounds.map((r) => ({
            value: r.round,
            label: t('wave.roundSays', {
              round: r.round,
              orders: r.picks.length,
              scanned: r.scanned,
              pieces: r.quantity,
            }),
          }))}
          onChange={(value: number) => filters.set({ round: String(value) }, { replace: true })}
        />
      )}
      <Panel title={t('wave.roundNo', { round: round.round })} extra={<RoundHead wave={wave} round={round} />} flush>
        <WavePicks key={round.round} picks={round.picks} />
      </Panel>
      <WaveRoute waveId={wave.id} round={round.round} />
      <PickSheet wave={wave} round={round.round} warehouse={warehouse} />
    </>
  );
}

/** One wave: its walks, the orders of each, where their goods are taken from, and the way past them. */
export default function WavePage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(waveQuery(id));
  const warehouseOf = useWarehouseName();
  if (query.isPending) return <Loading heightPx={480} />;
  if (!query.data) {
    return (
      <Page title={t('wave.one')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  const wave = query.data;
  const warehouse = warehouseOf(wave.warehouse);
  return (
    <Page
      title={t('wave.one')}
      says={
        <>
          {warehouse} · {t(`waveMode.${wave.mode}`)} · <TimeText at={wave.createdAt} />
          {wave.note && ` · ${wave.note}`}
        </>
      }
    >
      <Rounds wave={wave} warehouse={warehouse} />
    </Page>
  );
}
