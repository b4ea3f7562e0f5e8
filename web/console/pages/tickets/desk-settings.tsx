import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Select, Switch, Table, Tabs, Tag } from 'antd';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import type { Schemas, SupportSettings, SupportTeam } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { CalendarEditor } from './calendar-editor.tsx';
import { FormButton } from '../../form-button.tsx';
import { PolicyEditor } from './policy-editor.tsx';
import { useSaveDesk } from './use-save-desk.ts';
import { agentsQuery, categoriesOfTickets, deskQuery, teamsQuery } from './queries.ts';

type Values = SupportSettings['values'];

type Category = Schemas['TicketCategories']['items'][number];

function Categories() {
  const t = useT();
  const locale = useLocale();
  const items = useQuery(categoriesOfTickets).data?.items ?? [];
  const put = useSubmit((c: Category) =>
    client.put('/ticket-categories', { body: { code: c.code, name: c.name, enabled: c.enabled, offered: c.offered } }),
  );
  const nameFields = (
    <>
      <Form.Item
        name={['name', 'zh-CN']}
        label={t('language.zh-CN')}
        rules={[{ required: true, message: t('ui.required') }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name={['name', 'en']} label={t('language.en')} rules={[{ required: true, message: t('ui.required') }]}>
        <Input maxLength={60} />
      </Form.Item>
    </>
  );
  return (
    <Panel
      title={t('desk.categories')}
      extra={
        <FormButton<{ code: string; name: { 'zh-CN': string; en: string } }>
          label={t('desk.addCategory')}
          says={t('desk.addCategorySays')}
          fields={
            <>
              <Form.Item name="code" label={t('desk.code')} rules={[{ required: true, message: t('ui.required') }]}>
                <Input className="mono" maxLength={80} placeholder="logistics/cold_chain" />
              </Form.Item>
              {nameFields}
            </>
          }
          send={(body, idempotencyKey) => client.post('/ticket-categories', { body, idempotencyKey })}
        />
      }
      flush
    >
      <Table
        size="small"
        rowKey="code"
        pagination={false}
        scroll={{ x: 700 }}
        dataSource={items}
        columns={[
          { title: t('desk.code'), render: (_, c) => <span className="mono">{c.code}</span> },
          { title: t('desk.name'), render: (_, c) => c.name[locale] },
          { title: '', width: 100, render: (_, c) => !c.builtIn && <Tag>{t('desk.own')}</Tag> },
          ...(['enabled', 'offered'] as const).map((name) => ({
            title: t(`desk.${name}`),
            width: name === 'enabled' ? 90 : 150,
            render: (_: unknown, c: Category) => (
              <Switch
                size="small"
                checked={c[name]}
                disabled={!c.code.includes('/')}
                aria-label={`${t(`desk.${name}`)} ${c.name[locale]}`}
                onChange={(on) => put.mutate({ ...c, [name]: on })}
              />
            ),
          })),
        ]}
      />
    </Panel>
  );
}

type TeamValues = {
  name: string;
  leadId?: string;
  managerId?: string;
  calendar?: string;
  categories: string[];
  memberIds: string[];
  enabled: boolean;
};

function TeamButton({ team, calendars }: { team: SupportTeam; calendars: { value: string; label: string }[] }) {
  const t = useT();
  const locale = useLocale();
  const people = (useQuery(agentsQuery).data?.items ?? []).map((p) => ({ value: p.id, label: p.name }));
  const categories = (useQuery(categoriesOfTickets).data?.items ?? []).map((c) => ({
    value: c.code,
    label: c.name[locale],
  }));
  const pick = { showSearch: { optionFilterProp: 'label' as const } };
  return (
    <FormButton<TeamValues>
      label={t('ticket.edit')}
      wide
      initial={{
        name: team.name,
        categories: team.categories,
        memberIds: team.members.map((m) => m.id),
        enabled: team.enabled,
        ...(team.lead ? { leadId: team.lead.id } : {}),
        ...(team.manager ? { managerId: team.manager.id } : {}),
        ...(team.calendar ? { calendar: team.calendar } : {}),
      }}
      fields={
        <>
          <Form.Item name="name" label={t('desk.name')} rules={[{ required: true, message: t('ui.required') }]}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="memberIds" label={t('desk.members')}>
            <Select mode="multiple" {...pick} options={people} />
          </Form.Item>
          <Form.Item name="leadId" label={t('desk.lead')}>
            <Select allowClear {...pick} options={people} />
          </Form.Item>
          <Form.Item name="managerId" label={t('desk.manager')}>
            <Select allowClear {...pick} options={people} />
          </Form.Item>
          <Form.Item name="categories" label={t('desk.routes')} extra={t('desk.routesSays')}>
            <Select mode="multiple" {...pick} options={categories} />
          </Form.Item>
          <Form.Item name="calendar" label={t('desk.calendar')}>
            <Select allowClear options={calendars} />
          </Form.Item>
          <Form.Item name="enabled" label={t('desk.enabled')} valuePropName="checked">
            <Switch />
          </Form.Item>
        </>
      }
      send={({ leadId, managerId, calendar, ...values }) =>
        client.put('/support-teams/{teamId}', {
          path: { teamId: team.id },
          body: { ...values, leadId: leadId ?? null, managerId: managerId ?? null, calendar: calendar ?? null },
        })
      }
    />
  );
}

function Teams({ values }: { values: Values }) {
  const t = useT();
  const items = useQuery(teamsQuery).data?.items ?? [];
  const calendars = [
    { value: 'always', label: t('ticketCalendar.always') },
    ...values.calendars.map((c) => ({ value: c.code, label: c.name })),
  ];
  return (
    <Panel
      title={t('desk.teams')}
      extra={
        <FormButton<{ code: string; name: string }>
          label={t('desk.addTeam')}
          fields={
            <>
              <Form.Item name="code" label={t('desk.code')} rules={[{ required: true, message: t('ui.required') }]}>
                <Input className="mono" maxLength={40} />
              </Form.Item>
              <Form.Item name="name" label={t('desk.name')} rules={[{ required: true, message: t('ui.required') }]}>
                <Input maxLength={60} />
              </Form.Item>
            </>
          }
          send={(body, idempotencyKey) => client.post('/support-teams', { body, idempotencyKey })}
        />
      }
      flush
    >
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        scroll={{ x: 720 }}
        dataSource={items}
        columns={[
          {
            title: t('desk.name'),
            render: (_, x) => (
              <>
                {x.name} <span className="mono muted">{x.code}</span>
              </>
            ),
          },
          { title: t('desk.members'), align: 'right', width: 90, render: (_, x) => x.members.length },
          { title: t('desk.lead'), render: (_, x) => x.lead?.name ?? '–' },
          { title: t('desk.manager'), render: (_, x) => x.manager?.name ?? '–' },
          { title: '', width: 110, render: (_, x) => <TeamButton team={x} calendars={calendars} /> },
        ]}
      />
    </Panel>
  );
}

const NUMBERS = [
  'warnPermille',
  'closeAfterDays',
  'reopenWithinDays',
  'ticketLimit',
  'repeatMinutes',
  'repeatMax',
  'portalTicketsPerDay',
  'portalMessagesPerHour',
  'reportRemindMinutes',
  'agreementDays',
] as const;
const RUNGS = ['assignee', 'lead', 'manager', 'duty'] as const;

function Numbers({ values, version }: { values: Values; version: number }) {
  const t = useT();
  const word = useWord();
  const save = useSaveDesk(version);
  const [form] = Form.useForm<Values>();
  return (
    <Panel title={t('desk.numbers')}>
      <Form
        form={form}
        layout="vertical"
        initialValues={values}
        onFinish={(changed) => save.mutate(changed)}
        style={{ maxWidth: 560 }}
      >
        {NUMBERS.map((name) => (
          <Form.Item key={name} name={name} label={t(`desk.${name}`)}>
            <InputNumber min={0} precision={0} />
          </Form.Item>
        ))}
        <Form.Item name="reportTimes" label={t('desk.reportTimes')} extra={t('desk.reportTimesSays')}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ']} />
        </Form.Item>
        <Form.Item label={t('desk.ladder')} extra={t('desk.ladderSays')}>
          <Form.List name="ladder">
            {(fields, { add, remove }) => (
              <div className="stack tight">
                {fields.map((f) => (
                  <div key={f.key} className="row tight">
                    <Form.Item name={[f.name, 'to']} noStyle>
                      <Select
                        style={{ width: 140 }}
                        options={RUNGS.map((value) => ({ value, label: word('ticketRung', value) }))}
                      />
                    </Form.Item>
                    <Form.Item name={[f.name, 'afterMinutes']} noStyle>
                      <InputNumber min={0} suffix={t('desk.minutes')} style={{ width: 140 }} />
                    </Form.Item>
                    <Button type="text" aria-label={t('desk.remove')} onClick={() => remove(f.name)}>
                      ×
                    </Button>
                  </div>
                ))}
                <Button size="small" onClick={() => add({ to: 'duty', afterMinutes: 240 })}>
                  {t('desk.addRung')}
                </Button>
              </div>
            )}
          </Form.List>
        </Form.Item>
        <Form.Item name="agreementTextZh" label={t('desk.agreementTextZh')} extra={t('desk.agreementTextSays')}>
          <Input.TextArea maxLength={5000} autoSize={{ minRows: 3, maxRows: 12 }} />
        </Form.Item>
        <Form.Item name="agreementTextEn" label={t('desk.agreementTextEn')}>
          <Input.TextArea maxLength={5000} autoSize={{ minRows: 3, maxRows: 12 }} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('desk.save')}
        </Button>
      </Form>
    </Panel>
  );
}

/** What the service desk promises, when it works, who is in which team, and into what tickets are sorted. */
export default function DeskSettings() {
  const t = useT();
  const query = useQuery(deskQuery);
  const [tab, setTab] = useState('policies');
  if (query.isPending) return <Loading heightPx={400} />;
  if (!query.data)
    return (
      <Page title={t('nav.serviceDesk')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  const { values, version } = query.data;
  const tabs = {
    policies: <PolicyEditor key={version} values={values} version={version} />,
    calendars: <CalendarEditor key={version} values={values} version={version} />,
    teams: <Teams values={values} />,
    categories: <Categories />,
    numbers: <Numbers key={version} values={values} version={version} />,
  };
  return (
    <Page title={t('nav.serviceDesk')} says={t('desk.says')}>
      <Tabs
        activeKey={tab}
        onChange={setTab}
        items={Object.entries(tabs).map(([key, children]) => ({ key, label: t(`desk.${key}`), children }))}
      />
    </Page>
  );
}
