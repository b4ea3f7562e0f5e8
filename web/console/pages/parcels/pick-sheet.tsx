import { useQuery } from '@tanstack/react-query';
import { pickRouteQuery } from '../../../api/console.ts';
import type { WaveDetail } from '../../../api/types.ts';
import { shortTime } from '../../../ui/format/time.ts';
import { formatMetres } from '../../../ui/format/length.ts';
import { useLocale, useT } from '../../../ui/i18n.ts';
import type { RouteStop, Take } from './pick-route.ts';

/** Prints the pick list instead of the page it is on. */
export function printSheet(): void {
  document.body.dataset['print'] = 'sheet';
  window.addEventListener('afterprint', () => delete document.body.dataset['print'], { once: true });
  window.print();
}

function Row({ stop, take, first, no }: { stop: RouteStop; take: Take; first: boolean; no: number }) {
  const t = useT();
  return (
    <tr data-first={first}>
      <td className="num">{first ? no : ''}</td>
      <td className="zg-sheet-bin">{first ? stop.bin : ''}</td>
      <td className="zg-sheet-place">{take.place}</td>
      <td>
        <div className="wrap">{take.title}</div>
        <span className="mono">
          {take.sku}
          {take.barcode ? ` · ${take.barcode}` : ''}
        </span>
      </td>
      <td className="wrap">
        {take.batch ?? ''}
        {take.expiresOn && <div>{t('batch.until', { day: take.expiresOn })}</div>}
      </td>
      <td className="zg-sheet-count">{take.quantity}</td>
      <td className="zg-sheet-box" aria-hidden />
    </tr>
  );
}

/** A walk on paper, for a day without handhelds: stops in the order of walking. Seen only when printed. */
export function PickSheet({ wave, round, warehouse }: { wave: WaveDetail; round: number; warehouse: string }) {
  const t = useT();
  const locale = useLocale();
  const route = useQuery(pickRouteQuery(wave.id, round)).data;
  if (!route) return null;
  const orders = wave.picks.filter((pick) => pick.round === round).toSorted((a, b) => a.place - b.place);
  const length = route.lengthMm > 0 ? ` · ${formatMetres(route.lengthMm, locale)}` : '';
  return (
    <section className="zg-sheet" aria-label={t('wave.sheet')}>
      <h1>
        {t('wave.sheet')} · {t('wave.roundNo', { round })}
      </h1>
      <p>
        {warehouse} · {shortTime(wave.createdAt)} · {t('wave.stops', { stops: route.stops.length })}
        {length}
        {wave.note && ` · ${wave.note}`}
      </p>
      <p>{orders.map((pick) => `${pick.place} = ${pick.orderNo}`).join('   ')}</p>
      <table>
        <thead>
          <tr>
            <th className="num">{t('wave.sheetNo')}</th>
            <th>{t('stock.bin')}</th>
            <th>{t('wave.place')}</th>
            <th>{t('stock.sku')}</th>
            <th>{t('stock.batch')}</th>
            <th className="num">{t('move.quantity')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {route.stops.flatMap((stop, i) =>
            stop.takes
              .toSorted((a, b) => a.place - b.place)
              .map((take, k) => (
                <Row
                  key={`${stop.binId} ${take.pickId} ${take.lineId} ${take.batch}`}
                  stop={stop}
                  take={take}
                  first={k === 0}
                  no={i + 1}
                />
              )),
          )}
        </tbody>
      </table>
      <p>{t('wave.signed')}</p>
    </section>
  );
}
