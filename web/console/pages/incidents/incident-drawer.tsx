import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Descriptions, Drawer, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import type { Incident } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';

type Resolve = Body<'/incidents/{incidentId}/resolve', 'post'>;
const CONSEQUENCES = ['none', 'recount', 'moved_to_damaged', 'repacked', 'sent_again'] as const;

function ResolveDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const [form] = Form.useForm<Resolve>();
  const consequence = Form.useWatch('consequence', form);
  const send = useSubmit(
    ({ bin, ...body }: Resolve, idempotencyKey) =>
      client.post('/incidents/{incidentId}/resolve', {
        path: { incidentId: incident.id },
        body: { ...body, ...(bin ? { bin } : {}) },
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  const required = [{ required: true, message: t('ui.required') }];
  return (
    <Modal
      open
      title={t('incident.resolve')}
      okText={t('incident.resolve')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ consequence: incident.kind === 'short' ? 'recount' : 'none' }}
        onFinish={(values) => send.mutate(values)}
      >
        <FormErrors form={form} error={send.error} />
        <Form.Item name="consequence" label={t('incident.consequence')} rules={required}>
          <Select options={CONSEQUENCES.map((value) => ({ value, label: word('consequence', value) }))} />
        </Form.Item>
        {consequence === 'moved_to_damaged' && (
          <Form.Item name="bin" label={t('incident.bin')} extra={t('incident.binSays')}>
            <Input maxLength={60} />
          </Form.Item>
        )}
        <Form.Item name="resolution" label={t('incident.resolution')} rules={required}>
          <Input.TextArea maxLength={1000} autoFocus autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Actions({ incident }: { incident: Incident }) {
  const t = useT();
  const [resolving, setResolving] = useState(false);
  const path = { incidentId: incident.id };
  const assign = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/incidents/{incidentId}/assign', { path, body: { ownerId: 'me' }, idempotencyKey }),
  );
  const investigate = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/incidents/{incidentId}/investigate', { path, body: {}, idempotencyKey }),
  );
  const dismiss = useSubmit((resolution: string, idempotencyKey) =>
    client.post('/incidents/{incidentId}/dismiss', { path, body: { resolution }, idempotencyKey }),
  );
  const reopen = useSubmit((note: string, idempotencyKey) =>
    client.post('/incidents/{incidentId}/reopen', { path, body: { note }, idempotencyKey }),
  );
  const may = (what: string) => incident.may.includes(what);
  return (
    <div className="row">
      {may('assign') && !incident.ownedByMe && (
        <Button loading={assign.isPending} onClick={() => assign.mutate({})}>
          {t('incident.take')}
        </Button>
      )}
      {may('investigate') && (
        <Button loading={investigate.isPending} onClick={() => investigate.mutate({})}>
          {t('incident.investigate')}
        </Button>
      )}
      {may('resolve') && (
        <Button type="primary" onClick={() => setResolving(true)}>
          {t('incident.resolve')}
        </Button>
      )}
      {may('dismiss') && (
        <ConfirmButton title={t('incident.dismiss')} reason="required" act={(why) => dismiss.mutateAsync(why)}>
          {t('incident.dismiss')}
        </ConfirmButton>
      )}
      {may('reopen') && (
        <ConfirmButton title={t('incident.reopen')} reason="optional" act={(why) => reopen.mutateAsync(why)}>
          {t('incident.reopen')}
        </ConfirmButton>
      )}
      {resolving && <ResolveDialog incident={incident} onClose={() => setResolving(false)} />}
    </div>
  );
}

function Facts({ incident }: { incident: Incident }) {
  const t = useT();
  const word = useWord();
  const text = (value: string | null) => (value ? <span className="wrap">{value}</span> : null);
  const facts = {
    'incident.source': word('incidentSource', incident.source),
    'stock.warehouse': text(incident.warehouse),
    'order.no': incident.orderId && (
      <Link to="/orders/$id" params={{ id: incident.orderId } as never}>
        {incident.orderNo}
      </Link>
    ),
    'parcel.no': text(incident.parcelNo),
    'incident.sku': incident.sku && (
      <span className="mono">
        {incident.sku}
        {incident.quantity ? ` × ${incident.quantity}` : ''}
      </span>
    ),
    'incident.bin': text(incident.bin),
    'incident.responsible': text(incident.responsible),
    'incident.owner': text(incident.owner),
    'incident.openedBy': text(incident.openedBy),
    'incident.dueAt': incident.resolvedAt ? null : <TimeText at={incident.dueAt} relative />,
    'incident.note': text(incident.note),
    'incident.consequence': incident.consequence && word('consequence', incident.consequence),
    'incident.resolution': text(incident.resolution),
  };
  return (
    <Descriptions
      column={1}
      size="small"
      items={Object.entries(facts)
        .filter(([, children]) => Boolean(children))
        .map(([key, children]) => ({ key, label: t(key), children }))}
    />
  );
}

/** One incident: what is known, what may be done, and what was done by whom. */
export function IncidentDrawer({ incidentId, onClose }: { incidentId: string; onClose: () => void }) {
  const word = useWord();
  const query = useQuery(oneQuery('/incidents/{incidentId}', { path: { incidentId } }));
  const incident = query.data;
  return (
    <Drawer
      open
      size={640}
      onClose={onClose}
      title={
        incident && (
          <span className="row tight">
            {word('incidentKind', incident.kind)} <span className="mono">{incident.no}</span>
            <StatusTag kind="incident" value={incident.state} />
          </span>
        )
      }
    >
      {query.isPending && <Loading heightPx={320} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {incident && (
        <div className="stack">
          <Actions incident={incident} />
          <Facts incident={incident} />
          {incident.photoId && (
            <img src={`/api/v1/incidents/${incident.id}/photo`} alt="" style={{ maxWidth: '100%' }} />
          )}
          <Timeline
            entries={incident.moves.map((m, i) => ({
              key: String(i),
              at: m.at,
              text: `${word('incidentEvent', m.event)}${m.note ? ` · ${m.note}` : ''}`,
              by: m.by,
              tone: m.state === 'resolved' ? ('good' as const) : ('plain' as const),
            }))}
          />
        </div>
      )}
    </Drawer>
  );
}
