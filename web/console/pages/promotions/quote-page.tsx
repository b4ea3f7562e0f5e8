import { CopyOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { shopsQuery } from '../../../api/console.ts';
import type { Quote } from '../../../api/types.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState } from '../../../ui/components/states.tsx';
import { formatMoney } from '../../../ui/format/money.ts';
import { useLocale, useT, type Translate } from '../../../ui/i18n.ts';
import { QuoteLines, QuoteTotals, Rejected } from './quote-view.tsx';
import { useQuote } from './use-quote.ts';
import { SampleCart, type Line } from './sample-cart.tsx';
import './promotions.css';

/** The quote as an agent sends it: what is paid, what came off, and what would come off with a little more. */
function wordsOf(quote: Quote, t: Translate, locale: string): string {
  const money = (amount: number) => formatMoney({ amount, currency: quote.currency }, locale);
  return [
    ...quote.lines.map((l) => `${l.title} × ${l.quantity}  ${money(l.payable.amount)}`),
    ...quote.gifts.map((g) => `${t('offer.gift')} ${g.title} × ${g.quantity}`),
    t('quote.saidTotal', { total: money(quote.total.amount), discount: money(quote.discount.amount) }),
    ...quote.rejected.map((r) => r.reason),
  ].join('\n');
}

function Answer({ quote }: { quote: Quote }) {
  const t = useT();
  const locale = useLocale();
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(wordsOf(quote, t, locale));
    void message.success(t('quote.copied'));
  };
  return (
    <div className="stack">
      {quote.problems.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('quote.problems')}
          description={
            <ul className="zg-offer-warnings">
              {quote.problems.map((p) => (
                <li key={`${p.path} ${p.code}`}>{p.message}</li>
              ))}
            </ul>
          }
        />
      )}
      <QuoteLines quote={quote} />
      <QuoteTotals quote={quote} />
      <Rejected quote={quote} />
      <Button block icon={<CopyOutlined />} onClick={() => void copy()}>
        {t('quote.copy')}
      </Button>
    </div>
  );
}

/** What a cart would cost a customer, and why, in words that can be sent; nothing is reserved. */
export default function QuotePage() {
  const t = useT();
  const shops = useQuery(shopsQuery).data?.items ?? [];
  const [chosen, setChosen] = useState<string>();
  const [lines, setLines] = useState<Line[]>([]);
  const [phone, setPhone] = useState('');
  const [coupons, setCoupons] = useState<string[]>([]);
  const shop = chosen ?? shops[0]?.code ?? '';
  const query = useQuote({ shop, lines, phone, coupons });
  return (
    <Page title={t('quote.page')} says={t('quote.says')}>
      <div className="zg-offer-editor">
        <Panel title={t('quote.cart')}>
          <Form layout="vertical">
            <div className="zg-formgrid">
              <Form.Item label={t('order.shop')}>
                <Select
                  value={shop || null}
                  aria-label={t('order.shop')}
                  options={shops.map((s) => ({ value: s.code, label: s.name }))}
                  onChange={(code: string | null) => setChosen(code ?? undefined)}
                />
              </Form.Item>
              <Form.Item label={t('quote.phone')} extra={t('quote.phoneSays')}>
                <Input
                  inputMode="tel"
                  maxLength={20}
                  autoComplete="off"
                  aria-label={t('quote.phone')}
                  onBlur={(event) => setPhone(event.target.value.trim())}
                  onPressEnter={(event) => setPhone(event.currentTarget.value.trim())}
                />
              </Form.Item>
            </div>
            <Form.Item label={t('quote.coupons')}>
              <Select<string[]>
                mode="tags"
                open={false}
                suffixIcon={null}
                maxCount={20}
                tokenSeparators={[',', '，', '\n', ' ']}
                aria-label={t('quote.coupons')}
                value={coupons}
                onChange={setCoupons}
              />
            </Form.Item>
          </Form>
          <SampleCart lines={lines} onChange={setLines} empty={t('order.cartEmpty')} />
        </Panel>
        <Panel title={t('quote.answer')}>
          {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
          {lines.length === 0 && <EmptyState title={t('quote.empty')} />}
          {lines.length > 0 && query.data && !query.isError && <Answer quote={query.data} />}
        </Panel>
      </div>
    </Page>
  );
}
