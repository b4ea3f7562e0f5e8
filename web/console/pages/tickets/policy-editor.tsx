import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import type { SupportSettings } from '../../../api/types.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Panel } from '../../../ui/components/page.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { categoriesOfTickets, teamsQuery } from './queries.ts';
import { useSaveDesk } from './use-save-desk.ts';
import { PRIORITIES } from './words.ts';

type Values = SupportSettings['values'];
type Option = { value: string; label: string };
const TARGETS = ['firstResponseS', 'nextResponseS', 'solutionS', 'resolutionS'] as const;
const CHOICES = ['category', 'severity', 'priority', 'team', 'calendar'] as const;
const PAUSES = ['waiting_customer', 'waiting_third_party'];
const NEW = { code: '', name: '', pauseIn: PAUSES, reopen: 'total' };
const HOUR_S = 3600;
const TIGHT = { marginBottom: 8 };
const hoursOf = (seconds: number | null | undefined): number | null => (seconds == null ? null : seconds / HOUR_S);
const secondsOf = (hours: unknown): number | null => (hours == null ? null : Math.round(Number(hours) * HOUR_S));

/** What a policy may be limited to, and the calendar it counts in. */
function useOptions(values: Values): Record<(typeof CHOICES)[number], Option[]> {
  const word = useWord();
  const locale = useLocale();
  const categories = useQuery(categoriesOfTickets).data?.items ?? [];
  const teams = useQuery(teamsQuery).data?.items ?? [];
  return {
    category: categories.map((c) => ({ value: c.code, label: c.name[locale] })),
    severity: ['normal', 'major'].map((value) => ({ value, label: word('ticketSeverity', value) })),
    priority: PRIORITIES.map((value) => ({ value, label: word('ticketPriority', value) })),
    team: teams.map((x) => ({ value: x.code, label: x.name })),
    calendar: [
      { value: 'always', label: word('ticketCalendar', 'always') },
      ...values.calendars.map((c) => ({ value: c.code, label: c.name })),
    ],
  };
}

function Which({ at, values }: { at: number; values: Values }) {
  const t = useT();
  const options = useOptions(values);
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      <Form.Item name={[at, 'code']} label={t('desk.code')} rules={required} style={TIGHT}>
        <Input className="mono" maxLength={40} style={{ width: 130 }} />
      </Form.Item>
      <Form.Item name={[at, 'name']} label={t('desk.name')} rules={required} style={TIGHT}>
        <Input maxLength={60} style={{ width: 150 }} />
      </Form.Item>
      {CHOICES.map((name) => (
        <Form.Item key={name} name={[at, name]} label={t(`desk.policy.${name}`)} style={TIGHT}>
          <Select
            allowClear
            placeholder={t('desk.any')}
            style={{ width: 150 }}
            popupMatchSelectWidth={false}
            options={options[name]}
          />
        </Form.Item>
      ))}
    </div>
  );
}

function Targets({ at }: { at: number }) {
  const t = useT();
  const word = useWord();
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      {TARGETS.map((name) => (
        <Form.Item key={name} name={[at, name]} label={t(`desk.policy.${name}`)} style={TIGHT}>
          <InputNumber min={0.02} step={1} suffix={t('desk.hours')} placeholder="–" style={{ width: 130 }} />
        </Form.Item>
      ))}
      <Form.Item name={[at, 'pauseIn']} label={t('desk.policy.pauseIn')} style={TIGHT}>
        <Select
          mode="multiple"
          style={{ minWidth: 220 }}
          options={PAUSES.map((value) => ({ value, label: word('status.ticket', value) }))}
        />
      </Form.Item>
      <Form.Item name={[at, 'reopen']} label={t('desk.policy.reopen')} style={TIGHT}>
        <Select
          style={{ width: 210 }}
          options={['first', 'total'].map((value) => ({ value, label: word('ticketReopen', value) }))}
        />
      </Form.Item>
    </div>
  );
}

/** Earlier, later, or away. */
function Order({
  at,
  last,
  onMove,
  onRemove,
}: {
  at: number;
  last: number;
  onMove: (to: number) => void;
  onRemove: () => void;
}) {
  const t = useT();
  return (
    <span className="row tight">
      <Button size="small" disabled={at === 0} aria-label={t('desk.up')} onClick={() => onMove(at - 1)}>
        ↑
      </Button>
      <Button size="small" disabled={at === last} aria-label={t('desk.down')} onClick={() => onMove(at + 1)}>
        ↓
      </Button>
      <Button size="small" type="text" aria-label={t('desk.remove')} onClick={onRemove}>
        ×
      </Button>
    </span>
  );
}

/** Promises in order: the first that fits a ticket holds, the last fits every ticket. Hours are those of the calendar. */
export function PolicyEditor({ values, version }: { values: Values; version: number }) {
  const t = useT();
  const [form] = Form.useForm();
  const save = useSaveDesk(version);
  const submit = ({ policies }: { policies: Record<string, unknown>[] }) =>
    save.mutate({
      policies: policies.map((p) => ({
        ...p,
        ...Object.fromEntries(CHOICES.map((name) => [name, p[name] ?? null])),
        ...Object.fromEntries(TARGETS.map((name) => [name, secondsOf(p[name])])),
      })) as Values['policies'],
    });
  const policies = values.policies.map((p) => ({
    ...p,
    ...Object.fromEntries(TARGETS.map((k) => [k, hoursOf(p[k])])),
  }));
  const titleOf = (at: number): string => String(form.getFieldValue(['policies', at, 'name']) ?? '');
  return (
    <Form form={form} layout="vertical" initialValues={{ policies }} onFinish={submit}>
      <FormErrors form={form} error={save.error} />
      <p className="muted">{t('desk.policiesSays')}</p>
      <Form.List name="policies">
        {(fields, { add, remove, move }) => (
          <div className="stack">
            {fields.map((f, i) => (
              <Panel
                key={f.key}
                title={`${i + 1}. ${titleOf(f.name)}`}
                extra={
                  <Order at={i} last={fields.length - 1} onMove={(to) => move(i, to)} onRemove={() => remove(f.name)} />
                }
              >
                <Which at={f.name} values={values} />
                <Targets at={f.name} />
              </Panel>
            ))}
            <div className="row">
              <Button onClick={() => add(NEW, 0)}>{t('desk.addPolicy')}</Button>
              <Button type="primary" htmlType="submit" loading={save.isPending}>
                {t('desk.save')}
              </Button>
            </div>
          </div>
        )}
      </Form.List>
    </Form>
  );
}
