import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { client } from '../../../api/instance.ts';
import type { AfterSalesCase } from '../../../api/types.ts';
import { parseMoney } from '../../../ui/format/money.ts';
import { useT, useWord } from '../../../ui/i18n.ts';
import { EvidenceField, evidenceOf } from './evidence-field.tsx';
import { FieldsButton, type Typed } from './fields-button.tsx';
import { DISPOSITIONS, GRADES } from './words.ts';

const units = (l: AfterSalesCase['lines'][number]): number => l.received - l.inspected;

/** One row per unit as long as there are few, so that each gets its own grade; else one for all of a line. */
const ROWS_MAX = 12;
function rowsOf(of: AfterSalesCase): { lineId: string; title: string; quantity: number }[] {
  const total = of.lines.reduce((n, l) => n + units(l), 0);
  return of.lines.flatMap((l) => {
    const one = { lineId: l.lineId, title: l.title };
    if (units(l) === 0) return [];
    return total > ROWS_MAX
      ? [{ ...one, quantity: units(l) }]
      : Array.from({ length: units(l) }, () => ({ ...one, quantity: 1 }));
  });
}

/** How each unit was found, and what becomes of it. */
export function InspectButton({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const word = useWord();
  const { currency } = of.refund.amount;
  const start = rowsOf(of).map((r) => ({
    ...r,
    grade: 'A',
    disposition: of.type === 'repair' ? 'repair' : 'restock',
    accepted: true,
  }));
  return (
    <FieldsButton
      label={t('case.act.inspect')}
      button={{ type: 'primary' }}
      widthPx={860}
      says={t('case.inspectSays')}
      initial={{ rows: start }}
      fields={() => (
        <>
          <Form.List name="rows">
            {(rows) =>
              rows.map((row, i) => (
                <div key={row.key} className="row" style={{ alignItems: 'end', flexWrap: 'wrap' }}>
                  <Form.Item label={start[i]?.title ?? ''} name={[row.name, 'quantity']} style={{ width: 130 }}>
                    <InputNumber min={1} max={start[i]?.quantity ?? 1} precision={0} />
                  </Form.Item>
                  <Form.Item label={t('case.grade')} name={[row.name, 'grade']} style={{ width: 90 }}>
                    <Select options={GRADES.map((value) => ({ value, label: value }))} />
                  </Form.Item>
                  <Form.Item label={t('case.disposition')} name={[row.name, 'disposition']} style={{ width: 150 }}>
                    <Select options={DISPOSITIONS.map((value) => ({ value, label: word('disposition', value) }))} />
                  </Form.Item>
                  <Form.Item label={t('case.deduction')} name={[row.name, 'deduction']} style={{ width: 120 }}>
                    <Input inputMode="decimal" suffix={currency} />
                  </Form.Item>
                  <Form.Item label={t('case.bin')} name={[row.name, 'bin']} style={{ width: 110 }}>
                    <Input maxLength={40} className="mono" />
                  </Form.Item>
                  <Form.Item name={[row.name, 'accepted']} valuePropName="checked">
                    <Checkbox>{t('case.accepted')}</Checkbox>
                  </Form.Item>
                </div>
              ))
            }
          </Form.List>
          <EvidenceField label={t('case.evidence')} place={`case:${of.id}:inspect`} />
        </>
      )}
      send={(values, idempotencyKey) =>
        client.post('/after-sales/{caseId}/inspect', {
          path: { caseId: of.id },
          body: {
            lines: (values['rows'] as Typed[]).map((r, i) => ({
              lineId: start[i]?.lineId ?? '',
              quantity: Number(r['quantity']),
              grade: r['grade'],
              disposition: r['disposition'],
              accepted: r['accepted'] !== false,
              ...(r['deduction'] ? { deduction: parseMoney(String(r['deduction']), currency) ?? -1 } : {}),
              ...(r['bin'] ? { bin: String(r['bin']).trim() } : {}),
            })),
            evidence: evidenceOf(values),
          },
          idempotencyKey,
        })
      }
    />
  );
}
