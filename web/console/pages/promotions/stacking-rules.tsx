import { useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, InputNumber, Modal, Tooltip } from 'antd';
import { useState } from 'react';
import { meQuery, settingsQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import { OFFER_KINDS, type OfferKind } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import './promotions.css';

type Values = { exclusive: [OfferKind, OfferKind][]; lossPercent: number };

const pairs = (a: OfferKind, b: OfferKind) => (pair: [OfferKind, OfferKind]) =>
  (pair[0] === a && pair[1] === b) || (pair[0] === b && pair[1] === a);

/** Which kinds of offers may meet on one line: a tick lets them. Of one kind there is never more than one. */
function Matrix({ values, onChange }: { values: Values; onChange: ((values: Values) => void) | undefined }) {
  const t = useT();
  const toggle = (a: OfferKind, b: OfferKind, together: boolean) =>
    onChange?.({
      ...values,
      exclusive: together ? values.exclusive.filter((p) => !pairs(a, b)(p)) : [...values.exclusive, [a, b]],
    });
  const columns = OFFER_KINDS.slice(0, -1);
  return (
    <table className="zg-stacking">
      <thead>
        <tr>
          <td />
          {columns.map((kind) => (
            <th key={kind} scope="col">
              {t(`offer.kind.${kind}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {OFFER_KINDS.slice(1).map((row, r) => (
          <tr key={row}>
            <th scope="row">{t(`offer.kind.${row}`)}</th>
            {columns.map((column, c) => (
              <td key={column}>
                {c <= r && (
                  <Tooltip title={t('offer.together', { a: t(`offer.kind.${row}`), b: t(`offer.kind.${column}`) })}>
                    <Checkbox
                      checked={!values.exclusive.some(pairs(row, column))}
                      disabled={!onChange}
                      aria-label={t('offer.together', { a: t(`offer.kind.${row}`), b: t(`offer.kind.${column}`) })}
                      onChange={(event) => toggle(row, column, event.target.checked)}
                    />
                  </Tooltip>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Rules({ stored, version, onClose }: { stored: Values; version: number; onClose: () => void }) {
  const t = useT();
  const { message } = App.useApp();
  const mayWrite = can(useQuery(meQuery).data, 'settings.write');
  const [values, setValues] = useState(stored);
  const save = useSubmit(
    (next: Values) =>
      client.put('/settings/{section}', {
        path: { section: 'promotions' },
        body: { values: next as unknown as Record<string, unknown> },
        version,
      }),
    { onSuccess: () => (void message.success(t('ui.saved')), onClose()) },
  );
  return (
    <div className="stack">
      <p className="muted">{t('offer.stackingSays')}</p>
      <div style={{ overflowX: 'auto' }}>
        <Matrix values={values} onChange={mayWrite ? setValues : undefined} />
      </div>
      <label className="row">
        {t('setting.promotions.lossPercent')}
        <InputNumber
          min={0}
          max={100}
          precision={0}
          suffix="%"
          disabled={!mayWrite}
          value={values.lossPercent}
          onChange={(lossPercent) => setValues({ ...values, lossPercent: lossPercent ?? 0 })}
        />
      </label>
      {save.isError && <ErrorState error={save.error} />}
      {mayWrite && (
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate(values)}>
            {t('ui.save')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The rules of stacking as a table of kinds. */
export default function StackingRules({ onClose }: { onClose: () => void }) {
  const t = useT();
  const query = useQuery(settingsQuery('promotions'));
  return (
    <Modal open title={t('offer.stacking')} width={980} footer={null} onCancel={onClose}>
      {query.isPending && <Loading />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <Rules
          key={query.data.version}
          stored={query.data.values as unknown as Values}
          version={query.data.version}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}
