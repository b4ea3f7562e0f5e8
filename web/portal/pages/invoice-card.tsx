import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { PortalOf } from '../../api/portal.ts';
import type { MyInvoices } from '../../api/types.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { MoneyText, TimeText } from '../../ui/components/text.tsx';
import { useT, useWord } from '../../ui/i18n.ts';
import { useMine } from '../mine.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { saveBytes } from '../save-bytes.ts';

type Invoice = MyInvoices['items'][number];
type Body = Parameters<PortalOf['invoice']>[0];
type Kind = Body['title']['kind'];

const openPdf = async (order: PortalOf, invoiceId: string): Promise<void> =>
  saveBytes(await order.invoicePdf(invoiceId), `${invoiceId}.pdf`);

/** One invoice and where it stands. */
function InvoiceItem({ invoice: i }: { invoice: Invoice }) {
  const t = useT();
  const word = useWord();
  const order = useMine();
  const load = useSubmit(() => openPdf(order, i.id), { refresh: false });
  const cancel = useSubmit((_: Record<never, never>, key) => order.cancelInvoice(i.id, key));
  return (
    <li>
      <strong>{word('portal.invoiceStatus', i.status)}</strong>{' '}
      <MoneyText value={{ ...i.amount, amount: i.color === 'red' ? -i.amount.amount : i.amount.amount }} />
      <div className="wrap">
        {word('portal.invoiceKind', i.color === 'red' ? 'red' : i.type)} · {i.title.name}
      </div>
      {i.number && <div className="mono muted wrap">{i.number}</div>}
      {i.answer && <div className="wrap">{i.answer}</div>}
      {i.paused && <div className="wrap">{t('portal.invoice.documents')}</div>}
      {i.dueAt && ['ready', 'issuing', 'pending_review', 'blocked', 'failed'].includes(i.status) && !i.paused && (
        <div className="muted">
          {t('portal.invoice.due')} <TimeText at={i.dueAt} />
        </div>
      )}
      {i.mailing && (
        <div className="muted wrap">
          {i.mailing.carrier} <span className="mono">{i.mailing.waybillNo}</span>
        </div>
      )}
      <ProblemNote error={load.error ?? cancel.error} />
      {i.may.includes('download') && i.medium === 'digital' && (
        <button type="button" className="zp-link" disabled={load.isPending} onClick={() => load.mutate(undefined)}>
          {t('portal.invoice.download')}
        </button>
      )}
      {i.may.includes('cancel') && (
        <button type="button" className="zp-link" disabled={cancel.isPending} onClick={() => cancel.mutate({})}>
          {t('portal.invoice.cancel')}
        </button>
      )}
    </li>
  );
}

const EMPTY = { kind: 'personal' as Kind, name: '', taxId: '', type: 'general', medium: 'digital', email: '' };
type Typed = typeof EMPTY;

function bodyOf(v: Typed): Body {
  const company = v.kind === 'company';
  return {
    title: { kind: v.kind, name: v.name.trim(), ...(company ? { taxId: v.taxId.trim() } : {}) },
    type: company && v.type === 'special' ? 'special' : 'general',
    medium: v.medium === 'paper' && v.type !== 'special' ? 'paper' : 'digital',
    ...(v.email.trim() ? { email: v.email.trim() } : {}),
  };
}

function Choice(props: {
  label: string;
  value: string;
  options: readonly [string, string][];
  onChange: (value: string) => void;
}) {
  return (
    <label>
      <span>{props.label}</span>
      <select value={props.value} onChange={(e) => props.onChange(e.target.value)}>
        {props.options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

const usePairs = () => {
  const word = useWord();
  return (kind: string, values: readonly string[]) =>
    values.map((value): [string, string] => [value, word(kind, value)]);
};

function CompanyFields({ typed, set }: { typed: Typed; set: (changes: Partial<Typed>) => void }) {
  const t = useT();
  const pairs = usePairs();
  return (
    <>
      <label>
        <span>{t('portal.invoice.taxId')}</span>
        <input
          required
          className="mono"
          value={typed.taxId}
          maxLength={30}
          autoCapitalize="characters"
          autoComplete="off"
          onChange={(e) => set({ taxId: e.target.value })}
        />
      </label>
      <Choice
        label={t('portal.invoice.type')}
        value={typed.type}
        options={pairs('portal.invoiceKind', ['general', 'special'])}
        onChange={(type) => set({ type })}
      />
    </>
  );
}

function ApplyForm({ mine, onDone }: { mine: MyInvoices; onDone: () => void }) {
  const t = useT();
  const order = useMine();
  const [first] = mine.titles;
  const [typed, setTyped] = useState<Typed>({
    ...EMPTY,
    ...(first ? { kind: first.kind, name: first.name, taxId: first.taxId ?? '', email: first.email ?? '' } : {}),
  });
  const send = useSubmit((body: Body, key) => order.invoice(body, key), { onSuccess: onDone });
  const set = (changes: Partial<Typed>) => setTyped((v) => ({ ...v, ...changes }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate(bodyOf(typed));
  };
  const company = typed.kind === 'company';
  const pairs = usePairs();
  return (
    <form className="zp-form" onSubmit={submit}>
      <ProblemNote error={send.error} />
      {mine.titles.length > 1 && (
        <Choice
          label={t('portal.invoice.saved')}
          value={`${typed.kind} ${typed.name}`}
          options={mine.titles.map((x): [string, string] => [`${x.kind} ${x.name}`, x.name])}
          onChange={(value) => {
            const chosen = mine.titles.find((x) => `${x.kind} ${x.name}` === value);
            if (chosen) set({ kind: chosen.kind, name: chosen.name, taxId: chosen.taxId ?? '' });
          }}
        />
      )}
      <Choice
        label={t('portal.invoice.titleKind')}
        value={typed.kind}
        options={pairs('portal.titleKind', ['personal', 'company'])}
        onChange={(kind) => set({ kind: kind as Kind, ...(kind === 'personal' ? { type: 'general' } : {}) })}
      />
      <label>
        <span>{t(company ? 'portal.invoice.company' : 'portal.invoice.name')}</span>
        <input required value={typed.name} maxLength={100} onChange={(e) => set({ name: e.target.value })} />
      </label>
      {company && <CompanyFields typed={typed} set={set} />}
      {typed.type !== 'special' && (
        <Choice
          label={t('portal.invoice.medium')}
          value={typed.medium}
          options={pairs('portal.invoiceMedium', ['digital', 'paper'])}
          onChange={(medium) => set({ medium })}
        />
      )}
      <label>
        <span>{t('portal.invoice.email')}</span>
        <input type="email" value={typed.email} maxLength={200} onChange={(e) => set({ email: e.target.value })} />
      </label>
      <button type="submit" className="zp-button" disabled={send.isPending}>
        {t('portal.invoice.send')}
      </button>
    </form>
  );
}

/** The invoices of the order, and the way to one. */
export function InvoiceCard() {
  const t = useT();
  const [writing, setWriting] = useState(false);
  const mine = useQuery(useMine().invoices).data;
  if (!mine || (mine.items.length === 0 && !mine.may.includes('apply'))) return null;
  return (
    <section className="zp-card">
      <h2>{t('portal.invoice')}</h2>
      {mine.items.length > 0 && (
        <ol className="zp-track">
          {mine.items.map((i) => (
            <InvoiceItem key={i.id} invoice={i} />
          ))}
        </ol>
      )}
      {writing && <ApplyForm mine={mine} onDone={() => setWriting(false)} />}
      {!writing && mine.may.includes('apply') && (
        <button type="button" className="zp-button zp-second" onClick={() => setWriting(true)}>
          {t('portal.invoice.ask')} {mine.open && <MoneyText value={mine.open} />}
        </button>
      )}
    </section>
  );
}
