import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Checkbox, Form, Input, Modal, Progress, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Manifest, ManifestParcel } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { CameraScan } from '../../../ui/components/camera-scan.tsx';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { ScanInput } from '../../../ui/components/scan-input.tsx';
import { QueueNotice, RefusedScans } from '../../../ui/components/scan-queue-notice.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, TimeText } from '../../../ui/components/text.tsx';
import { useT } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { useCarrierName } from '../orders/order-parcels.tsx';
import { useFunctionKeys } from '../parcels/use-function-keys.ts';
import { useScanOut } from './use-scan-out.ts';

type Values = { driver: string; signature?: string; leaveBehind?: boolean };

function HandOverDialog({ manifest, onClose }: { manifest: Manifest; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const left = manifest.parcels - manifest.scanned;
  const send = useSubmit(
    ({ driver, signature, leaveBehind }: Values, idempotencyKey) =>
      client.post('/manifests/{manifestId}/hand-over', {
        path: { manifestId: manifest.id },
        body: { driver, ...(signature ? { signature } : {}), leaveBehind: leaveBehind ?? false },
        idempotencyKey,
      }),
    { onSuccess: onClose },
  );
  return (
    <Modal
      open
      title={t('manifest.handOver')}
      okText={t('manifest.handOver')}
      confirmLoading={send.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(values) => send.mutate(values)}>
        <FormErrors form={form} error={send.error} />
        <Form.Item
          name="driver"
          label={t('manifest.driver')}
          rules={[{ required: true, whitespace: true, message: t('ui.required') }]}
        >
          <Input maxLength={100} autoFocus />
        </Form.Item>
        <Form.Item name="signature" label={t('manifest.signature')} extra={t('manifest.signatureSays')}>
          <Input maxLength={100} />
        </Form.Item>
        {left > 0 && (
          <Form.Item name="leaveBehind" valuePropName="checked">
            <Checkbox>{t('manifest.leaveBehind', { n: left })}</Checkbox>
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}

function Actions({ manifest, unsent }: { manifest: Manifest; unsent: number }) {
  const t = useT();
  const [signing, setSigning] = useState(false);
  const close = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/manifests/{manifestId}/close', { path: { manifestId: manifest.id }, idempotencyKey }),
  );
  const navigate = useNavigate();
  const list = useSubmit(
    (_: Record<never, never>, idempotencyKey) =>
      client.post('/exports', {
        body: { kind: 'manifest_parcels', format: 'xlsx', filters: { manifestId: manifest.id } },
        idempotencyKey,
      }),
    { onSuccess: () => void navigate({ to: '/exports' as never }) },
  );
  return (
    <>
      <Button
        icon={<PrinterOutlined />}
        href={`/api/v1/manifests/${manifest.id}/sheet.pdf`}
        target="_blank"
        rel="noopener"
      >
        {t('manifest.sheet')}
      </Button>
      <Button loading={list.isPending} onClick={() => list.mutate({})}>
        XLSX
      </Button>
      {manifest.may.includes('close') && (
        <ConfirmButton title={t('manifest.close')} says={t('manifest.closeSays')} act={() => close.mutateAsync({})}>
          {t('manifest.close')}
        </ConfirmButton>
      )}
      {manifest.may.includes('hand_over') && (
        <Button type="primary" disabled={unsent > 0} onClick={() => setSigning(true)}>
          {t('manifest.handOver')}
        </Button>
      )}
      {manifest.may.includes('hand_over') && unsent > 0 && (
        <strong className="zg-unsent wrap">{t('manifest.waitSent', { n: unsent })}</strong>
      )}
      {signing && <HandOverDialog manifest={manifest} onClose={() => setSigning(false)} />}
    </>
  );
}

function useColumns(): TableColumnsType<ManifestParcel> {
  const t = useT();
  return [
    { title: t('parcel.waybill'), render: (_, p) => <span className="mono wrap">{p.waybillNo}</span> },
    { title: t('parcel.no'), width: 180, render: (_, p) => <span className="mono">{p.parcelNo}</span> },
    { title: t('order.no'), width: 170, render: (_, p) => <span className="mono">{p.orderNo}</span> },
    {
      title: t('pack.weight'),
      width: 110,
      align: 'right',
      render: (_, p) => (p.weightG === null ? <span className="muted">–</span> : <CountText value={p.weightG} />),
    },
    { title: t('manifest.scannedAt'), width: 140, render: (_, p) => <TimeText at={p.scannedOutAt} /> },
  ];
}

function Parcels({ manifestId }: { manifestId: string }) {
  const t = useT();
  const filters = useFilters(['scanned']);
  const query = useQuery({
    queryKey: ['/manifests', manifestId, filters.search],
    queryFn: ({ signal }) =>
      client.get('/manifests/{manifestId}/parcels', {
        path: { manifestId },
        query: { ...filters.search, limit: filters.limit } as never,
        signal,
      }),
  });
  return (
    <>
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="scanned"
          label={t('manifest.scanned')}
          options={[
            { value: 'false', label: t('manifest.unscannedOnly') },
            { value: 'true', label: t('manifest.scannedOnly') },
          ]}
        />
      </FilterBar>
      <DataTable query={query} columns={useColumns()} rowKey="id" filters={filters} minWidthPx={760} />
    </>
  );
}

/** Where parcels are scanned, and what became of scans that were sent. */
function ScanOut({ out, enabled }: { out: ReturnType<typeof useScanOut>; enabled: boolean }) {
  const t = useT();
  const [oldest] = out.queue.refused;
  useFunctionKeys({ F8: () => oldest && out.seen(oldest.scanId) });
  return (
    <>
      <QueueNotice state={out.queue} retry={out.retry} />
      <RefusedScans refused={out.queue.refused} name={({ code }) => code} onSeen={out.seen} hotkey="F8" />
      {enabled && (
        <>
          <ScanInput
            placeholder={t('manifest.scan')}
            feedback={out.feedback ?? { tone: 'idle', title: t('manifest.scan') }}
            onCode={out.onCode}
          />
          <div className="row">
            <CameraScan onCode={out.onCode} />
          </div>
        </>
      )}
    </>
  );
}

/** One visit of a carrier: every parcel is scanned out, then the driver signs. */
export default function ManifestPage() {
  const t = useT();
  const carrierName = useCarrierName();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(oneQuery('/manifests/{manifestId}', { path: { manifestId: id } }));
  const out = useScanOut(id, query.data);
  if (query.isPending) return <Loading heightPx={480} />;
  if (!query.data) {
    return (
      <Page title={t('manifest.one')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  const manifest = query.data;
  const unsent = out.queue.waiting.length;
  return (
    <Page
      title={
        <span className="row tight">
          {carrierName(manifest.carrier)} <span className="mono">{manifest.no}</span>
          <StatusTag kind="manifest" value={manifest.state} />
        </span>
      }
      says={
        manifest.handedAt ? (
          <>
            {t('manifest.handedTo', { driver: manifest.driver })} · <TimeText at={manifest.handedAt} /> ·{' '}
            {manifest.handedBy}
          </>
        ) : (
          manifest.cutoffAt && (
            <>
              {t('manifest.cutoff')} <TimeText at={manifest.cutoffAt} relative />
            </>
          )
        )
      }
      extra={<Actions manifest={manifest} unsent={unsent} />}
    >
      <ScanOut out={out} enabled={manifest.may.includes('scan')} />
      <div className="row">
        <Progress
          type="line"
          style={{ maxWidth: 320 }}
          percent={manifest.parcels === 0 ? 0 : Math.min(100, Math.floor((out.scanned * 100) / manifest.parcels))}
        />
        <strong className="nowrap">
          <CountText value={out.scanned} /> / <CountText value={manifest.parcels} />
        </strong>
        {unsent > 0 && <span className="zg-unsent">{t('manifest.onTheWay', { n: unsent })}</span>}
        <span className="muted">
          {t('manifest.weight', { kg: (manifest.weightG / 1000).toFixed(3), n: manifest.unweighed })}
        </span>
      </div>
      <Parcels manifestId={id} />
    </Page>
  );
}
