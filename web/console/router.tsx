import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type AnyRoute,
} from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { meQuery } from '../api/console.ts';
import { showInZone } from '../ui/format/time.ts';
import { ApiProblem } from '../api/problem.ts';
import { Loading } from '../ui/components/states.tsx';
import { parseSearch, stringifySearch } from '../ui/search-params.ts';
import { NotFound, PageError } from './pages/fallbacks.tsx';
import { queries } from './providers.tsx';
import { AppShell } from './shell/app-shell.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: PageError });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(() => import('./pages/login.tsx')),
});

const SECURITY = '/settings/security';

/** Pages behind log-in; whoever has no session is led to log in and back to where they wanted to go. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: AppShell,
  beforeLoad: async ({ location }) => {
    try {
      const me = await queries.ensureQueryData(meQuery);
      showInZone(me.org.timeZone);
      // until a required second factor is enrolled the server answers nothing else
      if (me.mustEnrolTwoFactor && location.pathname !== SECURITY) throw redirect({ to: SECURITY as never });
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) {
        throw redirect({ to: '/login', search: { to: location.href } as never });
      }
      throw error;
    }
  },
});

type PageModule = { default: ComponentType };
const page = (path: string, load: () => Promise<PageModule>): AnyRoute =>
  createRoute({ getParentRoute: () => inside, path, component: lazyRouteComponent(load) });

const pages = [
  page('/', () => import('./pages/home.tsx')),
  page('/orders', () => import('./pages/orders/order-list.tsx')),
  page('/orders/new', () => import('./pages/orders/order-new.tsx')),
  page('/reviews', () => import('./pages/review/review-desk.tsx')),
  page('/review-rules', () => import('./pages/review/rule-list.tsx')),
  page('/blacklist', () => import('./pages/review/blacklist-page.tsx')),
  page('/orders-archive', () => import('./pages/orders/archive-page.tsx')),
  page('/orders/$id', () => import('./pages/orders/order-page.tsx')),
  page('/exceptions', () => import('./pages/exceptions/desk.tsx')),
  page('/claims', () => import('./pages/claims/claim-list.tsx')),
  page('/claims/$id', () => import('./pages/claims/claim-page.tsx')),
  page('/after-sales/policies', () => import('./pages/policies/policy-page.tsx')),
  page('/after-sales/compensations', () => import('./pages/goodwill/compensation-list.tsx')),
  page('/after-sales/compensation-settings', () => import('./pages/goodwill/compensation-settings.tsx')),
  page('/after-sales/price-protection', () => import('./pages/goodwill/protection-page.tsx')),
  page('/after-sales/risk', () => import('./pages/goodwill/risk-page.tsx')),
  page('/after-sales', () => import('./pages/after-sales/case-list.tsx')),
  page('/after-sales/$id', () => import('./pages/after-sales/case-page.tsx')),
  page('/customers', () => import('./pages/customers/customer-list.tsx')),
  page('/customers/$id', () => import('./pages/customers/customer-page.tsx')),
  page('/payments', () => import('./pages/payments/payment-list.tsx')),
  page('/refunds', () => import('./pages/payments/refund-list.tsx')),
  page('/finance', () => import('./pages/finance/finance-home.tsx')),
  page('/finance/settlements', () => import('./pages/settlements/statement-list.tsx')),
  page('/finance/settlements/$id', () => import('./pages/settlements/statement-page.tsx')),
  page('/finance/parties', () => import('./pages/settlements/party-list.tsx')),
  page('/finance/parties/$id', () => import('./pages/settlements/party-page.tsx')),
  page('/finance/payouts', () => import('./pages/settlements/batch-list.tsx')),
  page('/finance/payouts/$id', () => import('./pages/settlements/batch-page.tsx')),
  page('/finance/ledger', () => import('./pages/finance/trial-balance.tsx')),
  page('/finance/ledger/$code', () => import('./pages/finance/account-page.tsx')),
  page('/finance/reconciliations', () => import('./pages/finance/reconciliation-list.tsx')),
  page('/finance/reconciliations/$id', () => import('./pages/finance/reconciliation-page.tsx')),
  page('/finance/story', () => import('./pages/finance/story-page.tsx')),
  page('/finance/bank', () => import('./pages/finance/bank/bank-page.tsx')),
  page('/finance/differences', () => import('./pages/finance/difference-list.tsx')),
  page('/finance/invoices', () => import('./pages/invoices/invoice-list.tsx')),
  page('/finance/invoices/$id', () => import('./pages/invoices/invoice-page.tsx')),
  page('/finance/invoice-qualifications', () => import('./pages/invoices/qualification-list.tsx')),
  page('/finance/tax-codes', () => import('./pages/invoices/tax-code-list.tsx')),
  page('/finance/invoice-provider', () => import('./pages/invoices/provider-page.tsx')),
  page('/products', () => import('./pages/products/product-list.tsx')),
  page('/quotes', () => import('./pages/promotions/quote-page.tsx')),
  page('/offers', () => import('./pages/promotions/offer-list.tsx')),
  page('/presales', () => import('./pages/presales/presale-list.tsx')),
  page('/offers/new', () => import('./pages/promotions/offer-editor.tsx')),
  page('/offers/$id', () => import('./pages/promotions/offer-page.tsx')),
  page('/offers/$id/edit', () => import('./pages/promotions/offer-editor.tsx')),
  page('/stock', () => import('./pages/stock/stock-list.tsx')),
  page('/stock/alerts', () => import('./pages/stock/alert-list.tsx')),
  page('/stock/replenishment', () => import('./pages/stock/replenishment-page.tsx')),
  page('/stock/sku/$sku', () => import('./pages/stock/sku-page.tsx')),
  page('/stock/counts', () => import('./pages/counts/count-list.tsx')),
  page('/stock/counts/$id', () => import('./pages/counts/count-review.tsx')),
  page('/stock/counts/$id/count', () => import('./pages/counts/count-scan.tsx')),
  page('/stock/documents', () => import('./pages/stock/document-list.tsx')),
  page('/stock/documents/$id', () => import('./pages/stock/document-page.tsx')),
  page('/stock/bins', () => import('./pages/stock/bin-stock.tsx')),
  page('/stock/put-away', () => import('./pages/stock/put-away.tsx')),
  page('/stock/batches', () => import('./pages/stock/batch-list.tsx')),
  page('/stock/deliveries', () => import('./pages/stock/delivery-list.tsx')),
  page('/stock/deliveries/$id', () => import('./pages/stock/delivery-page.tsx')),
  page('/stock/allotments', () => import('./pages/stock/allotment-list.tsx')),
  page('/stock/kits', () => import('./pages/stock/kit-list.tsx')),
  page('/shops', () => import('./pages/settings/shops.tsx')),
  page('/warehouses', () => import('./pages/settings/warehouses.tsx')),
  page('/warehouses/$code', () => import('./pages/warehouse/warehouse-page.tsx')),
  page('/picks/$waveId/$round', () => import('./pages/picks/pick-page.tsx')),
  page('/parcels', () => import('./pages/parcels/parcel-list.tsx')),
  page('/parcels/scan', () => import('./pages/parcels/scan-page.tsx')),
  page('/waves', () => import('./pages/parcels/wave-list.tsx')),
  page('/waves/$id', () => import('./pages/parcels/wave-page.tsx')),
  page('/manifests', () => import('./pages/manifests/manifest-list.tsx')),
  page('/manifests/$id', () => import('./pages/manifests/manifest-page.tsx')),
  page('/spot-checks', () => import('./pages/spot-checks/spot-check-page.tsx')),
  page('/incidents', () => import('./pages/incidents/incident-list.tsx')),
  page('/settings/packing', () => import('./pages/settings/packing-page.tsx')),
  page('/approvals', () => import('./pages/approvals/approval-list.tsx')),
  page('/exports', () => import('./pages/imports/export-list.tsx')),
  page('/imports', () => import('./pages/imports/import-list.tsx')),
  page('/settings', () => import('./pages/settings/settings-page.tsx')),
  page('/settings/membership', () => import('./pages/customers/membership-page.tsx')),
  page('/settings/payment-channels', () => import('./pages/channels/channel-list.tsx')),
  page('/settings/payment-channels/$id', () => import('./pages/channels/channel-page.tsx')),
  page('/settings/users', () => import('./pages/settings/users.tsx')),
  page('/settings/roles', () => import('./pages/settings/roles.tsx')),
  page('/settings/api-keys', () => import('./pages/settings/api-keys.tsx')),
  page('/settings/webhooks', () => import('./pages/settings/webhooks.tsx')),
  page('/settings/webhooks/$id', () => import('./pages/settings/webhook-page.tsx')),
  page('/settings/audit', () => import('./pages/settings/audit.tsx')),
  page('/settings/security', () => import('./pages/settings/security.tsx')),
];

export const router = createRouter({
  routeTree: root.addChildren([login, inside.addChildren(pages)]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: Loading,
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});
