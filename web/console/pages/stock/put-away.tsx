import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Select } from 'antd';
import { oneQuery, skusByCodeQuery, warehousesQuery } from '../../../api/console.ts';
import type { PutAway } from '../../../api/types.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ScanInput } from '../../../ui/components/scan-input.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { Picture } from '../products/picture.tsx';
import { keyOf } from './put-away-work.ts';
import { type PutAwaySession, usePutAway } from './use-put-away.ts';
import './put-away.css';

function Facts({ line }: { line: PutAway }) {
  const t = useT();
  const word = useWord();
  const facts = [
    line.batch ?? '',
    line.expiresOn ? t('batch.until', { day: line.expiresOn }) : '',
    line.state === 'good' ? '' : t(`stockState.${line.state}`),
    line.storage === 'ambient' ? '' : word('temperature', line.storage),
  ].filter(Boolean);
  return (
    <div className="muted wrap">
      <span className="mono">{line.sku}</span>
      {facts.length > 0 && ` · ${facts.join(' · ')}`}
    </div>
  );
}

/** What is in the hand, where it goes, and how many of it. */
function InHand({ session, pictureUrl }: { session: PutAwaySession; pictureUrl: string | null | undefined }) {
  const t = useT();
  const { line, quantity } = session;
  if (!line) return null;
  return (
    <Panel>
      <div className="zg-hand">
        <Picture url={pictureUrl} title={line.title} sizePx={88} />
        <div className="zg-hand-what">
          <div className="zg-hand-title wrap">{line.title || line.sku}</div>
          <Facts line={line} />
          <label className="row" style={{ marginTop: 8 }}>
            {t('move.quantity')}
            <InputNumber
              size="large"
              min={1}
              max={line.quantity}
              precision={0}
              value={quantity}
              onChange={(value) => session.setQuantity(value ?? 1)}
            />
            <span className="muted">/ {line.quantity.toLocaleString()}</span>
          </label>
        </div>
        <div className="zg-hand-to">
          <div className="muted">{t('putAway.into')}</div>
          <div className="zg-hand-bin mono">{line.to ?? t('putAway.nowhere')}</div>
          {line.why && <div className="muted">{t(`putAway.why.${line.why}`)}</div>}
        </div>
      </div>
      <div className="zg-hand-buttons">
        {line.to !== null && (
          <Button size="large" type="primary" loading={session.busy} onClick={() => session.onCode(line.to ?? '')}>
            {t('putAway.done', { bin: line.to })}
          </Button>
        )}
        <Button size="large" onClick={session.drop}>
          {t('putAway.later')}
        </Button>
      </div>
    </Panel>
  );
}

function Waiting({ lines, session }: { lines: readonly PutAway[]; session: PutAwaySession }) {
  const t = useT();
  const chosen = session.line && keyOf(session.line);
  return (
    <ul className="zg-put-list">
      {lines.map((line) => (
        <li key={keyOf(line)}>
          <button type="button" aria-pressed={keyOf(line) === chosen} onClick={() => session.take(line)}>
            <span className="zg-put-what">
              <span className="clamp2" title={line.title}>
                {line.title || line.sku}
              </span>
              <Facts line={line} />
            </span>
            <span className="zg-put-count">{line.quantity.toLocaleString()}</span>
            <span className="zg-put-to">
              <span className="mono">
                {line.bin} → <strong>{line.to ?? t('putAway.nowhere')}</strong>
              </span>
              {line.why && <span className="muted">{t(`putAway.why.${line.why}`)}</span>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Work({ warehouse }: { warehouse: string }) {
  const t = useT();
  const query = useQuery(oneQuery('/warehouses/{warehouse}/put-away', { path: { warehouse } }));
  const lines = query.data?.items ?? [];
  const session = usePutAway(warehouse, lines);
  const known = useQuery(skusByCodeQuery(session.line ? [session.line.sku] : [])).data?.items ?? [];
  if (query.isPending) return <Loading />;
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const asks = session.line ? t('putAway.scanBin') : t('putAway.scanGoods');
  return (
    <>
      <ScanInput
        placeholder={asks}
        feedback={session.feedback ?? { tone: 'idle', title: asks }}
        onCode={session.onCode}
      />
      <InHand session={session} pictureUrl={known[0]?.pictureUrl} />
      <Panel title={t('putAway.waiting', { lines: lines.length })} flush>
        {lines.length === 0 ? <EmptyState title={t('putAway.none')} /> : <Waiting lines={lines} session={session} />}
      </Panel>
    </>
  );
}

/** Goods that stand on the floor and where they belong, worked by scanner: the goods, then the bin. */
export default function PutAwayPage() {
  const t = useT();
  const filters = useFilters(['warehouse']);
  const warehouses = useQuery(warehousesQuery).data?.items ?? [];
  const warehouse = filters.search['warehouse'] ?? warehouses[0]?.code;
  return (
    <Page
      title={t('nav.putAway')}
      says={t('putAway.says')}
      extra={
        <Select
          size="large"
          style={{ minWidth: 180, maxWidth: 300 }}
          aria-label={t('stock.warehouse')}
          value={warehouse ?? null}
          options={warehouses.map((w) => ({ value: w.code, label: w.name }))}
          onChange={(code: string) => filters.set({ warehouse: code }, { replace: true })}
        />
      }
    >
      {warehouse && <Work key={warehouse} warehouse={warehouse} />}
    </Page>
  );
}
