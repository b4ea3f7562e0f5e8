import { lazy, Suspense } from 'react';
import { portalPass } from '../api/portal.ts';
import { LOCALES, switchLocale, useLocale, useT } from '../ui/i18n.ts';
import { usePath } from './location.ts';

const FindOrder = lazy(() => import('./pages/find-order.tsx'));
const OrderPage = lazy(() => import('./pages/order-page.tsx'));

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

/** The customer's side: find an order, then see to it. */
export function PortalApp() {
  const path = usePath();
  const inside = path.startsWith('/portal/order') && portalPass.get() !== undefined;
  return (
    <>
      <TopBar />
      <main className="zp-main">
        <Suspense fallback={<div className="zp-wait" aria-busy />}>{inside ? <OrderPage /> : <FindOrder />}</Suspense>
      </main>
    </>
  );
}
