import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { App, Button, DatePicker, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { meQuery, offerQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';
import { OFFER_KINDS, type Offer, type OfferPreview } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FormErrors } from '../../../ui/components/form-errors.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { TermsFields } from './offer-fields.tsx';
import { renameField, toChange, toDraft, toForm, type OfferDraft, type OfferForm } from './offer-form.ts';
import { PreviewPanel } from './offer-preview.tsx';
import { CategoriesSelect, ShopsSelect, SkusSelect } from './scope-pickers.tsx';
import './promotions.css';

type NewOffer = Body<'/offers', 'post'>;
type Wish = { draft: OfferDraft; publish: boolean };

function HeadFields({ isNew }: { isNew: boolean }) {
  const t = useT();
  const required = [{ required: true, whitespace: true, message: t('ui.required') }];
  return (
    <>
      <Form.Item name="kind" label={t('offer.kind')} extra={<KindSays />}>
        <Select disabled={!isNew} options={OFFER_KINDS.map((value) => ({ value, label: t(`offer.kind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="title" label={t('offer.title')} extra={t('offer.titleSays')} rules={required}>
        <Input maxLength={200} autoFocus={isNew} />
      </Form.Item>
      <Form.Item name="code" label={t('offer.code')} rules={required}>
        <Input maxLength={60} disabled={!isNew} autoComplete="off" />
      </Form.Item>
      <Form.Item name="period" label={t('offer.period')} rules={[{ required: true, message: t('ui.required') }]}>
        <DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} />
      </Form.Item>
    </>
  );
}

function KindSays() {
  const t = useT();
  const kind = Form.useWatch('kind') as OfferForm['kind'] | undefined;
  return kind ? t(`offer.kindSays.${kind}`) : null;
}

function ScopeFields() {
  const t = useT();
  return (
    <>
      <Form.Item name="shops" label={t('offer.shops')}>
        <ShopsSelect label={t('offer.shops')} />
      </Form.Item>
      <Form.Item name="categories" label={t('offer.categories')}>
        <CategoriesSelect label={t('offer.categories')} />
      </Form.Item>
      <Form.Item name="skus" label={t('offer.skus')} extra={t('offer.scopeSays')}>
        <SkusSelect label={t('offer.skus')} />
      </Form.Item>
    </>
  );
}

/** Saves as a draft or puts in force; a change of what is published is in force when it is saved. */
function useSave(offer: Offer | undefined) {
  const navigate = useNavigate();
  return useSubmit(
    async ({ draft, publish }: Wish, idempotencyKey) => {
      if (!offer) return client.post('/offers', { body: { ...draft, publish } as NewOffer, idempotencyKey });
      const path = { offerId: offer.id };
      const changed = await client.patch('/offers/{offerId}', { path, body: toChange(draft), version: offer.version });
      return publish ? client.post('/offers/{offerId}/publish', { path, idempotencyKey }) : changed;
    },
    { onSuccess: (saved) => void navigate({ to: '/offers/$id', params: { id: saved.id } } as never) },
  );
}

function Editor({ offer, mayPublish }: { offer: Offer | undefined; mayPublish: boolean }) {
  const t = useT();
  const { modal } = App.useApp();
  const [form] = Form.useForm<OfferForm>();
  const [initial] = useState(() => toForm(offer));
  const values = Form.useWatch([], form) as OfferForm | undefined;
  const kind = values?.kind ?? initial.kind;
  const [preview, setPreview] = useState<OfferPreview>();
  const save = useSave(offer);
  const inForce = offer?.state === 'published';
  const submit = async (publish: boolean) => {
    const whole = await form.validateFields().catch(() => undefined);
    const draft = whole && toDraft({ ...initial, ...whole });
    if (!draft) return;
    const go = () => save.mutate({ draft, publish });
    const warnings = preview?.warnings ?? [];
    if ((!publish && !inForce) || warnings.length === 0) return go();
    modal.confirm({
      title: t('offer.publishAnyway'),
      content: (
        <ul className="zg-offer-warnings">
          {warnings.map((w) => (
            <li key={w.message}>{w.message}</li>
          ))}
        </ul>
      ),
      okText: t('offer.publish'),
      onOk: go,
    });
  };
  return (
    <Form<OfferForm> form={form} layout="vertical" initialValues={initial}>
      <FormErrors form={form} error={save.error} rename={renameField} />
      <div className="zg-offer-editor">
        <div className="stack">
          <Panel title={t('offer.what')}>
            <HeadFields isNew={offer === undefined} />
          </Panel>
          <Panel title={t('offer.terms')}>
            <TermsFields kind={kind} />
          </Panel>
          <Panel title={t('offer.scope')}>
            <ScopeFields />
          </Panel>
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            {!inForce && (
              <Button loading={save.isPending} onClick={() => void submit(false)}>
                {t(offer ? 'ui.save' : 'offer.saveDraft')}
              </Button>
            )}
            {mayPublish && offer?.state !== 'paused' && (
              <Button type="primary" loading={save.isPending} onClick={() => void submit(!inForce)}>
                {t(inForce ? 'offer.saveInForce' : 'offer.publish')}
              </Button>
            )}
          </div>
        </div>
        <PreviewPanel draft={values && toDraft({ ...initial, ...values })} offerId={offer?.id} onAnswer={setPreview} />
      </div>
    </Form>
  );
}

/** Writes an offer, new or changed, beside what it would do to a cart. */
export default function OfferEditor() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id?: string };
  const query = useQuery({ ...offerQuery(id ?? ''), enabled: id !== undefined, refetchOnWindowFocus: false });
  const mayPublish = can(useQuery(meQuery).data, 'promotions.offer.publish');
  if (id !== undefined && query.isPending) return <Loading heightPx={480} />;
  const title = id === undefined ? t('offer.new') : (query.data?.title ?? t('offer.one'));
  return (
    <Page title={title} says={query.data?.state === 'published' ? t('offer.inForceSays') : undefined}>
      {query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Editor key={query.data?.version} offer={query.data} mayPublish={mayPublish} />
      )}
    </Page>
  );
}
