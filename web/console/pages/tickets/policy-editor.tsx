import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import type { SupportSettings } from '../../../api/types.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Panel } from '../../../ui/components/page.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { useSaveDesk } from './use-save-desk.ts';
import { categoriesOfTickets, teamsQuery } from './queries.ts';
import { PRIORITIES } from './words.ts';

type Values = SupportSettings['values'];
const TARGETS = ['firstResponseS', 'nextResponseS', 'solutionS', 'resolutionS'] as const;
const HOUR_S = 3600;
const hoursOf = (seconds: number | null | undefined): number | null => (seconds == null ? null : seconds / HOUR_S);

/** Promises in order: the first that fits a ticket holds, the last fits every ticket. Hours are those of the calendar. */
export function PolicyEditor({ values, version }: { values: Values; version: number }) {
  const t = useT();
  const word = useWord();
  const locale = useLocale();
  const [form] = Form.useForm();
  const save = useSaveDesk(version);
  const categories = useQuery(categoriesOfTickets).data?.items ?? [];
  const teams = useQuery(teamsQuery).data?.items ?? [];
  const calendars = ['always', ...values.calendars.map((c) => c.code)];
  const calendarName = (code: string) =>
    values.calendars.find((c) => c.code === code)?.name ?? word('ticketCalendar', code);
  const any = (name: string, options: { value: string; label: string }[]) => (field: number) => (
    <Form.Item name={[field, name]} label={t(`desk.policy.${name}`)} style={{ marginBottom: 8 }}>
      <Select
        allowClear
        placeholder={t('desk.any')}
        style={{ width: 150 }}
        popupMatchSelectWidth={false}
        options={options}
      />
    </Form.Item>
  );
  const choices = [
    any(
      'category',
      categories.map((c) => ({ value: c.code, label: c.name[locale] })),
    ),
    any(
      'severity',
      ['normal', 'major'].map((value) => ({ value, label: word('ticketSeverity', value) })),
    ),
    any(
      'priority',
      PRIORITIES.map((value) => ({ value, label: word('ticketPriority', value) })),
    ),
    any(
      'team',
      teams.map((x) => ({ value: x.code, label: x.name })),
    ),
    any(
      'calendar',
      calendars.map((value) => ({ value, label: calendarName(value) })),
    ),
  ];
  const submit = ({ policies }: { policies: Record<string, unknown>[] }) =>
    save.mutate({
      policies: policies.map((p) => ({
        ...p,
        ...Object.fromEntries(['category', 'severity', 'priority', 'team', 'calendar'].map((k) => [k, p[k] ?? null])),
        ...Object.fromEntries(TARGETS.map((k) => [k, p[k] == null ? null : Math.round(Number(p[k]) * HOUR_S)])),
      })) as Values['policies'],
    });
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={{
        policies: values.policies.map((p) => ({ ...p, ...Object.fromEntries(TARGETS.map((k) => [k, hoursOf(p[k])])) })),
      }}
      onFinish={submit}
    >
      <FormErrors form={form} error={save.error} />
      <p className="muted">{t('desk.policiesSays')}</p>
      <Form.List name="policies">
        {(fields, { add, remove, move }) => (
          <div className="stack">
            {fields.map((f, i) => (
              <Panel
                key={f.key}
                title={`${i + 1}. ${String(form.getFieldValue(['policies', f.name, 'name']) ?? '')}`}
                extra={
                  <span className="row tight">
                    <Button size="small" disabled={i === 0} aria-label={t('desk.up')} onClick={() => move(i, i - 1)}>
                      ↑
                    </Button>
                    <Button
                      size="small"
                      disabled={i === fields.length - 1}
                      aria-label={t('desk.down')}
                      onClick={() => move(i, i + 1)}
                    >
                      ↓
                    </Button>
                    <Button size="small" type="text" aria-label={t('desk.remove')} onClick={() => remove(f.name)}>
                      ×
                    </Button>
                  </span>
                }
              >
                <div className="row" style={{ alignItems: 'flex-start' }}>
                  <Form.Item
                    name={[f.name, 'code']}
                    label={t('desk.code')}
                    rules={[{ required: true, message: t('ui.required') }]}
                    style={{ marginBottom: 8 }}
                  >
                    <Input className="mono" maxLength={40} style={{ width: 130 }} />
                  </Form.Item>
                  <Form.Item
                    name={[f.name, 'name']}
                    label={t('desk.name')}
                    rules={[{ required: true, message: t('ui.required') }]}
                    style={{ marginBottom: 8 }}
                  >
                    <Input maxLength={60} style={{ width: 150 }} />
                  </Form.Item>
                  {choices.map((choice, n) => (
                    <span key={String(n)}>{choice(f.name)}</span>
                  ))}
                </div>
                <div className="row" style={{ alignItems: 'flex-start' }}>
                  {TARGETS.map((name) => (
                    <Form.Item
                      key={name}
                      name={[f.name, name]}
                      label={t(`desk.policy.${name}`)}
                      style={{ marginBottom: 8 }}
                    >
                      <InputNumber
                        min={0.02}
                        step={1}
                        suffix={t('desk.hours')}
                        placeholder="–"
                        style={{ width: 130 }}
                      />
                    </Form.Item>
                  ))}
                  <Form.Item name={[f.name, 'pauseIn']} label={t('desk.policy.pauseIn')} style={{ marginBottom: 8 }}>
                    <Select
                      mode="multiple"
                      style={{ minWidth: 220 }}
                      options={['waiting_customer', 'waiting_third_party'].map((value) => ({
                        value,
                        label: word('status.ticket', value),
                      }))}
                    />
                  </Form.Item>
                  <Form.Item name={[f.name, 'reopen']} label={t('desk.policy.reopen')} style={{ marginBottom: 8 }}>
                    <Select
                      style={{ width: 210 }}
                      options={['first', 'total'].map((value) => ({ value, label: word('ticketReopen', value) }))}
                    />
                  </Form.Item>
                </div>
              </Panel>
            ))}
            <div className="row">
              <Button
                onClick={() =>
                  add({ code: '', name: '', pauseIn: ['waiting_customer', 'waiting_third_party'], reopen: 'total' }, 0)
                }
              >
                {t('desk.addPolicy')}
              </Button>
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
