import { Button, Form, Input, Select, Switch } from 'antd';
import type { SupportSettings } from '../../../api/types.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Panel } from '../../../ui/components/page.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { hoursText, readHours } from './hours.ts';
import { useSaveDesk } from './use-save-desk.ts';

type Values = SupportSettings['values'];
type Calendar = Values['calendars'][number];
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Drawn = {
  code: string;
  name: string;
  timeZone: string;
  chinese: boolean;
  days: Record<string, string>;
  dates: { date: string; hours: string }[];
};
const NEW: Drawn = { code: '', name: '', timeZone: 'Asia/Shanghai', chinese: true, days: {}, dates: [] };

const draw = (c: Calendar): Drawn => ({
  code: c.code,
  name: c.name,
  timeZone: c.timeZone,
  chinese: c.chinese ?? false,
  days: Object.fromEntries(DAYS.map((day) => [day, hoursText(c.weekly[day] ?? [])])),
  dates: (c.overrides ?? []).map((o) => ({ date: o.date, hours: hoursText(o.intervals) })),
});

const read = (d: Drawn): Calendar => ({
  code: d.code,
  name: d.name,
  timeZone: d.timeZone,
  chinese: d.chinese,
  weekly: Object.fromEntries(DAYS.map((day) => [day, readHours(d.days[day] ?? '') ?? []])),
  overrides: (d.dates ?? []).map((o) => ({ date: o.date, intervals: readHours(o.hours ?? '') ?? [] })),
});

function useHoursRule() {
  const t = useT();
  return {
    validator: (_: unknown, text: string | undefined) =>
      readHours(text ?? '') ? Promise.resolve() : Promise.reject(new Error(t('desk.hoursWrong'))),
  };
}

function Named({ at }: { at: number }) {
  const t = useT();
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      <Form.Item name={[at, 'code']} label={t('desk.code')} rules={required}>
        <Input className="mono" maxLength={40} style={{ width: 130 }} />
      </Form.Item>
      <Form.Item name={[at, 'name']} label={t('desk.name')} rules={required}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name={[at, 'timeZone']} label={t('desk.timeZone')}>
        <Input maxLength={64} style={{ width: 170 }} />
      </Form.Item>
      <Form.Item name={[at, 'chinese']} label={t('desk.chinese')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </div>
  );
}

function Week({ at }: { at: number }) {
  const t = useT();
  const word = useWord();
  const rule = useHoursRule();
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      {DAYS.map((day) => (
        <Form.Item
          key={day}
          name={[at, 'days', day]}
          label={word('weekday', day)}
          rules={[rule]}
          style={{ marginBottom: 8 }}
        >
          <Input placeholder={t('desk.closed')} className="mono" style={{ width: 220 }} />
        </Form.Item>
      ))}
    </div>
  );
}

function Dates({ at }: { at: number }) {
  const t = useT();
  const rule = useHoursRule();
  return (
    <Form.List name={[at, 'dates']}>
      {(dates, list) => (
        <div className="stack tight">
          <strong>{t('desk.dates')}</strong>
          {dates.map((d) => (
            <div key={d.key} className="row tight">
              <Form.Item name={[d.name, 'date']} noStyle rules={[{ required: true }]}>
                <Input type="date" style={{ width: 160 }} aria-label={t('desk.date')} />
              </Form.Item>
              <Form.Item name={[d.name, 'hours']} noStyle rules={[rule]}>
                <Input
                  placeholder={t('desk.closed')}
                  className="mono"
                  style={{ width: 220 }}
                  aria-label={t('desk.hoursOfDate')}
                />
              </Form.Item>
              <Button type="text" aria-label={t('desk.remove')} onClick={() => list.remove(d.name)}>
                ×
              </Button>
            </div>
          ))}
          <div>
            <Button size="small" onClick={() => list.add({ date: '', hours: '' })}>
              {t('desk.addDate')}
            </Button>
          </div>
        </div>
      )}
    </Form.List>
  );
}

/** Hours of each weekday as `09:00-12:00, 13:30-18:00`; dates of their own close or open a day. */
export function CalendarEditor({ values, version }: { values: Values; version: number }) {
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<{ calendar: string; calendars: Drawn[] }>();
  const save = useSaveDesk(version);
  const options = [
    { value: 'always', label: word('ticketCalendar', 'always') },
    ...values.calendars.map((c) => ({ value: c.code, label: c.name })),
  ];
  const titleOf = (at: number): string => String(form.getFieldValue(['calendars', at, 'name']) ?? '');
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={{ calendar: values.calendar, calendars: values.calendars.map(draw) }}
      onFinish={(v) => save.mutate({ calendar: v.calendar, calendars: v.calendars.map(read) })}
    >
      <FormErrors form={form} error={save.error} />
      <p className="muted">{t('desk.calendarsSays')}</p>
      <Form.Item name="calendar" label={t('desk.ownCalendar')}>
        <Select style={{ width: 240 }} options={options} />
      </Form.Item>
      <Form.List name="calendars">
        {(fields, { add, remove }) => (
          <div className="stack">
            {fields.map((f) => (
              <Panel
                key={f.key}
                title={titleOf(f.name)}
                extra={
                  <Button size="small" type="text" aria-label={t('desk.remove')} onClick={() => remove(f.name)}>
                    ×
                  </Button>
                }
              >
                <Named at={f.name} />
                <Week at={f.name} />
                <Dates at={f.name} />
              </Panel>
            ))}
            <div className="row">
              <Button onClick={() => add(NEW)}>{t('desk.addCalendar')}</Button>
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
