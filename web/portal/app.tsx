import { lazy, Suspense } from 'react';
import { portalPass } from '../api/portal.ts';
import { LOCALES, switchLocale, useLocale, useT } from '../ui/i18n.ts';
import { usePath } from './location.ts';
import { OpenedOrder } from './mine.tsx';
import { Wait } from './page.tsx';

const SignIn = lazy(() => import('./pages/sign-in.tsx'));
const FromShop = lazy(() => import('./pages/from-shop.tsx'));
const MyOrders = lazy(() => import('./pages/my-orders.tsx'));
const OrderPage = lazy(() => import('./pages/order-page.tsx'));
const ApplyPage = lazy(() => import('./pages/apply-page.tsx'));
const CasePage = lazy(() => import('./pages/case-page.tsx'));
const OfferPage = lazy(() => import('./pages/offer-page.tsx'));
const AgreementPage = lazy(() => import('./pages/agreement-page.tsx'));
const AgreementCheck = lazy(() => import('./pages/agreement-check.tsx'));
const FeedbackPage = lazy(() => import('./pages/feedback-page.tsx'));
const MyTickets = lazy(() => import('./pages/tickets/my-tickets.tsx'));
const NewTicket = lazy(() => import('./pages/tickets/new-ticket.tsx'));
const TicketPage = lazy(() => import('./pages/tickets/ticket-page.tsx'));
const TicketAgreement = lazy(() => import('./pages/tickets/ticket-agreement.tsx'));
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

const opened = (orderId: string, what?: string) => (
  <OpenedOrder key={orderId} orderId={orderId}>
    {what === 'apply' ? <ApplyPage /> : <OrderPage />}
  </OpenedOrder>
);

function tickets(id?: string, what?: string, which?: string) {
  if (!id) return <MyTickets />;
  if (id === 'new') return <NewTicket />;
  if (what === 'agreement' && which) return <TicketAgreement key={which} ticketId={id} agreementId={which} />;
  return <TicketPage key={id} ticketId={id} />;
}

/** What an address shows; a link of a mail names its page and its token. */
function Shown({ path }: { path: string }) {
  const [, , page, id, what, which] = path.split('/');
  if (page === 'offer' && id) return <OfferPage token={id} />;
  if (page === 'agreement' && id) return <AgreementPage token={id} />;
  if (page === 'agreement-check' && id) return <AgreementCheck token={id} />;
  if (page === 'feedback' && id) return <FeedbackPage token={id} />;
  if (page === 'back-in-stock' && id) return <WithdrawPage token={id} />;
  if (page === 'enter') return <FromShop />;
  const pass = portalPass.get();
  if (!pass) return <SignIn />;
  if (page === 'order' && pass.orderId !== undefined) return opened(pass.orderId);
  if (page === 'orders') return id ? opened(id, what) : <MyOrders />;
  if (page === 'cases' && id) return <CasePage key={id} caseId={id} />;
  if (page === 'tickets') return tickets(id, what, which);
  return <SignIn />;
}

/** The customer's side: sign in, then see to one's orders; or answer what a link asks. */
export function PortalApp() {
  const path = usePath();
  return (
    <>
      <TopBar />
      <main className="zp-main">
        <Suspense fallback={<Wait />}>
          <Shown path={path} />
        </Suspense>
      </main>
    </>
  );
}
