import { useQuery } from '@tanstack/react-query';
import { oneQuery } from '../../../../api/console.ts';
import type { Answer } from '../../../../api/paths.ts';
import type { Order } from '../../../../api/types.ts';
import { Panel } from '../../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../../ui/components/states.tsx';
import { MoneyText, TimeText } from '../../../../ui/components/text.tsx';
import { useT, useWord } from '../../../../ui/i18n.ts';

type Version = Answer<'/orders/{orderId}/versions', 'get'>['items'][number];

/** What a field of the diff is called. */
function useFieldName() {
  const t = useT();
  const word = useWord();
  return (path: string): string => {
    const sku = /^lines\[(.+)\]\.quantity$/.exec(path)?.[1];
    if (sku !== undefined) return t('change.quantityOf', { sku });
    const field = /^shipTo\.(\w+)$/.exec(path)?.[1];
    return field === undefined ? word('change.field', path) : word('shipTo', field);
  };
}

function VersionRow({ version }: { version: Version }) {
  const t = useT();
  const word = useWord();
  const name = useFieldName();
  const { actor, total } = version;
  const by = actor.kind === 'user' || actor.kind === 'key' ? actor.name : word('actor', actor.kind);
  return (
    <li className="zg-version">
      <div className="row between">
        <strong>{t('change.revision', { revision: version.revision })}</strong>
        <span className="muted">
          {by} · <TimeText at={version.at} />
        </span>
      </div>
      {version.diff.map((d) => (
        <div key={d.path} className="zg-diff">
          <span className="muted">{name(d.path)}</span>
          <span className="wrap">
            <del>{d.from === '' || d.from === null ? '–' : d.from}</del> →{' '}
            <ins>{d.to === '' || d.to === null ? '–' : d.to}</ins>
          </span>
        </div>
      ))}
      {total.before.amount !== total.after.amount && (
        <div className="zg-diff">
          <span className="muted">{t('order.total')}</span>
          <span>
            <del>
              <MoneyText value={total.before} />
            </del>{' '}
            →{' '}
            <ins>
              <MoneyText value={total.after} />
            </ins>
          </span>
        </div>
      )}
      {version.refunded.amount > 0 && (
        <div className="zg-diff">
          <span className="muted">{t('change.refund')}</span>
          <MoneyText value={version.refunded} />
        </div>
      )}
      {version.reason !== '' && <div className="muted wrap">{version.reason}</div>}
    </li>
  );
}

/** Every change of the order, newest first, with what it was before. */
export function OrderVersions({ order }: { order: Order }) {
  const t = useT();
  const query = useQuery({
    ...oneQuery('/orders/{orderId}/versions', { path: { orderId: order.id } }),
    enabled: order.revision > 0,
  });
  if (order.revision === 0) return null;
  return (
    <Panel title={t('change.versions')}>
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading heightPx={80} />}
      <ul className="zg-plain">
        {query.data?.items.map((version) => (
          <VersionRow key={version.revision} version={version} />
        ))}
      </ul>
    </Panel>
  );
}
