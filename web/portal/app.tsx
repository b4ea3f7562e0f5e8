import { lazy, Suspense } from 'react';
import { portalPass } from '../api/portal.ts';
import { LOCALES, switchLocale, useLocale, useT } from '../ui/i18n.ts';
import { usePath } from './location.ts';

const FindOrder = lazy(() => import('./pages/find-order.tsx'));
const OrderPage = lazy(() => import('./pages/order-page.tsx'));
const OfferPage = lazy(() => import('./pages/offer-page.tsx'));
const AgreementPage = lazy(() => import('./pages/agreement-page.tsx'));
const AgreementCheck = lazy(() => import('./pages/agreement-check.tsx'));
const FeedbackPage = lazy(() => import('./pages/feedback-page.tsx'));
const WithdrawPage = lazy(() => import('./pages/withdraw-page.tsx'));

function TopBar() {
  const t = useT();
  const locale = useLocale();
  const other = LOCALES.find((name) => name !== locale) ?? locale;
  return (
    <header className="zp-top">
      <span className="zp-brand">
        <img src="/seal.svg" alt="" width={26} height={26} />
        {t('portal.title')}
      </span>
      <button type="button" className="zp-link" lang={other} onClick={() => void switchLocale(other)}>
        {t(`language.${other}`)}
      </button>
    </header>
  );
}

/** What an address shows; a link of a mail names its page and its token. */
function Shown({ path }: { path: string }) {
  const [, , page, token] = path.split('/');
  if (page === 'offer' && token) return <OfferPage token={token} />;
  if (page === 'agreement' && token) return <AgreementPage token={token} />;
  if (page === 'agreement-check' && token) return <AgreementCheck token={token} />;
  if (page === 'feedback' && token) return <FeedbackPage token={token} />;
  if (page === 'back-in-stock' && token) return <WithdrawPage token={token} />;
  return page === 'order' && portalPass.get() !== undefined ? <OrderPage /> : <FindOrder />;
}

/** The customer's side: find an order, then see to it; or answer what a link asks. */
export function PortalApp() {
  const path = usePath();
  return (
    <>
      <TopBar />
      <main className="zp-main">
        <Suspense fallback={<div className="zp-wait" aria-busy />}>
          <Shown path={path} />
        </Suspense>
      </main>
    </>
  );
}
