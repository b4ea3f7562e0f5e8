import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { myOrdersQuery, portalPass } from '../../../api/portal.ts';
import { myTickets, offeredCategoriesQuery, type NewMyTicket } from '../../../api/portal-tickets.ts';
import { uploadShelf } from '../../../api/upload-shelf.ts';
import type { StoredFile } from '../../../api/uploads.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { FileUpload } from '../../../ui/components/file-upload.tsx';
import { useT } from '../../../ui/i18n.ts';
import { goInstead, useSearch } from '../../location.ts';
import { Failed, Heading, Wait } from '../../page.tsx';
import { ProblemNote } from '../../problem-note.tsx';

export const FILES_MAX = 9;
export const WORDS_MAX = 5_000;
const PLACE = 'new-ticket';

/** Which order it is about; the one come from, or any of the latest. */
function OrderField({ value, onChange }: { value: string; onChange: (orderId: string) => void }) {
  const t = useT();
  const orders = useInfiniteQuery(myOrdersQuery('all')).data?.pages.flatMap((page) => page.items) ?? [];
  const isListed = value === '' || orders.some((order) => order.id === value);
  return (
    <label>
      <span>{t('portal.ticket.order')}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('portal.ticket.noOrder')}</option>
        {!isListed && <option value={value}>{t('portal.ticket.thisOrder')}</option>}
        {orders.map((order) => (
          <option key={order.id} value={order.id}>
            {`${order.orderNo} ${order.lines[0]?.title ?? ''}`}
          </option>
        ))}
      </select>
    </label>
  );
}

type Kinds = { code: string; name: string; items: { code: string; name: string }[] }[];

/** First the kind of matter, then what there is below it. */
function CategoryField({ kinds, value, onChange }: { kinds: Kinds; value: string; onChange: (code: string) => void }) {
  const t = useT();
  return (
    <label>
      <span>{t('portal.ticket.category')}</span>
      <select value={value} required onChange={(event) => onChange(event.target.value)}>
        <option value="" disabled>
          {t('portal.ticket.choose')}
        </option>
        {kinds.map((kind) => (
          <optgroup key={kind.code} label={kind.name}>
            {kind.items.map((item) => (
              <option key={item.code} value={item.code}>
                {item.name}
              </option>
            ))}
            <option value={kind.code}>{t('portal.ticket.other', { kind: kind.name })}</option>
          </optgroup>
        ))}
      </select>
    </label>
  );
}

/** Something new: about an order or in general, in the customer's own words, with pictures. */
export default function NewTicket() {
  const t = useT();
  const asked = new URLSearchParams(useSearch()).get('order') ?? '';
  const ofOne = portalPass.get()?.orderId;
  const kinds = useQuery(offeredCategoriesQuery);
  const [category, setCategory] = useState('');
  const [orderId, setOrderId] = useState(asked);
  const [body, setBody] = useState('');
  const [files, setFiles] = useState<StoredFile[]>([]);
  const [isBusy, setBusy] = useState(false);
  const open = useSubmit((given: NewMyTicket, key) => myTickets.open(given, key), {
    onSuccess: (made) => {
      void uploadShelf.forget(PLACE);
      goInstead(`/portal/tickets/${made.id}`);
    },
  });
  if (kinds.isPending) return <Wait />;
  if (!kinds.data) return <Failed error={kinds.error} onRetry={() => void kinds.refetch()} />;
  const send = (event: FormEvent) => {
    event.preventDefault();
    const about = ofOne ?? orderId;
    open.mutate({
      category,
      body: body.trim(),
      fileIds: files.map((file) => file.id),
      ...(about === '' ? {} : { orderId: about }),
    });
  };
  return (
    <>
      <Heading title={t('portal.ticket.new')} back={{ to: '/portal/tickets', label: t('portal.myTickets') }} />
      <form className="zp-card zp-form" onSubmit={send}>
        {ofOne === undefined && <OrderField value={orderId} onChange={setOrderId} />}
        <CategoryField kinds={kinds.data.items} value={category} onChange={setCategory} />
        <label>
          <span>{t('portal.ticket.words')}</span>
          <textarea
            rows={6}
            required
            value={body}
            maxLength={WORDS_MAX}
            onChange={(event) => setBody(event.target.value)}
          />
        </label>
        <FileUpload
          label={t('portal.ticket.files')}
          says={t('portal.ticket.filesSays')}
          place={PLACE}
          max={FILES_MAX}
          onChange={setFiles}
          onBusy={setBusy}
        />
        <ProblemNote error={open.error} />
        <button
          type="submit"
          className="zp-button"
          disabled={open.isPending || isBusy || category === '' || body.trim() === ''}
        >
          {t(isBusy ? 'portal.apply.uploading' : open.isPending ? 'ui.loading' : 'portal.ticket.send')}
        </button>
      </form>
    </>
  );
}
