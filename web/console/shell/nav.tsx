import {
  AccountBookOutlined,
  AlertOutlined,
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  BarcodeOutlined,
  BookOutlined,
  BoxPlotOutlined,
  CalculatorOutlined,
  CarOutlined,
  CheckSquareOutlined,
  CloudServerOutlined,
  ClusterOutlined,
  ContainerOutlined,
  CustomerServiceOutlined,
  CreditCardOutlined,
  CrownOutlined,
  DatabaseOutlined,
  DiffOutlined,
  ExportOutlined,
  EyeOutlined,
  FallOutlined,
  FieldTimeOutlined,
  FileDoneOutlined,
  FileProtectOutlined,
  FileSearchOutlined,
  FileTextOutlined,
  FilterOutlined,
  FundOutlined,
  GiftOutlined,
  HeartOutlined,
  HomeOutlined,
  HourglassOutlined,
  IdcardOutlined,
  ImportOutlined,
  InboxOutlined,
  KeyOutlined,
  LineChartOutlined,
  PartitionOutlined,
  PayCircleOutlined,
  PercentageOutlined,
  ProfileOutlined,
  ReconciliationOutlined,
  RollbackOutlined,
  SafetyCertificateOutlined,
  SafetyOutlined,
  SendOutlined,
  SettingOutlined,
  ShopOutlined,
  ShoppingOutlined,
  SolutionOutlined,
  StopOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
  TransactionOutlined,
  TruckOutlined,
  UnorderedListOutlined,
  NodeIndexOutlined,
  UserOutlined,
  WalletOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';

export type NavItem = {
  to: string;
  label: string;
  icon: ComponentType;
  /** Permission without which the entry is not offered. */
  needs?: string;
  /** Active only at exactly this address, because deeper ones have entries of their own. */
  exact?: boolean;
};
export type NavGroup = { label?: string; items: NavItem[] };

/** The work of the house, grouped as people divide it among themselves. */
export const NAV: NavGroup[] = [
  { items: [{ to: '/', label: 'nav.home', icon: HomeOutlined, exact: true }] },
  {
    label: 'nav.orders',
    items: [
      { to: '/orders', label: 'nav.orderList', icon: ProfileOutlined, needs: 'orders.order.read' },
      { to: '/orders/new', label: 'nav.orderNew', icon: ShoppingOutlined, needs: 'orders.order.place' },
      { to: '/exceptions', label: 'nav.exceptions', icon: AlertOutlined, needs: 'orders.exception.read' },
      { to: '/claims', label: 'nav.claims', icon: FileSearchOutlined, needs: 'orders.claim.read' },
      { to: '/customers', label: 'nav.customerList', icon: UserOutlined, needs: 'customers.customer.read' },
      { to: '/reviews', label: 'nav.reviews', icon: SolutionOutlined, needs: 'orders.order.review' },
      { to: '/review-rules', label: 'nav.reviewRules', icon: FilterOutlined, needs: 'orders.rule.read' },
      { to: '/blacklist', label: 'nav.blacklist', icon: StopOutlined, needs: 'orders.blacklist.read' },
      { to: '/payments', label: 'nav.payments', icon: PayCircleOutlined, needs: 'payments.payment.read' },
      { to: '/refunds', label: 'nav.refunds', icon: RollbackOutlined, needs: 'payments.refund.read' },
      { to: '/orders-archive', label: 'nav.archive', icon: DatabaseOutlined, needs: 'orders.archive.manage' },
    ],
  },
  {
    label: 'nav.promises',
    items: [
      {
        to: '/after-sales',
        label: 'nav.afterSales',
        icon: CustomerServiceOutlined,
        needs: 'aftersales.case.read',
        exact: true,
      },
      {
        to: '/after-sales/policies',
        label: 'nav.policies',
        icon: SafetyCertificateOutlined,
        needs: 'aftersales.policy.read',
      },
      {
        to: '/after-sales/compensations',
        label: 'nav.compensations',
        icon: HeartOutlined,
        needs: 'aftersales.compensation.read',
      },
      {
        to: '/after-sales/compensation-settings',
        label: 'nav.compensationSettings',
        icon: WalletOutlined,
        needs: 'aftersales.compensation.read',
      },
      {
        to: '/after-sales/price-protection',
        label: 'nav.protection',
        icon: FallOutlined,
        needs: 'aftersales.price_protection.read',
      },
      { to: '/after-sales/risk', label: 'nav.risk', icon: WarningOutlined, needs: 'aftersales.risk.read' },
    ],
  },
  {
    label: 'nav.warehouse',
    items: [
      { to: '/parcels/scan', label: 'nav.scan', icon: BarcodeOutlined, needs: 'fulfilment.parcel.write' },
      { to: '/waves', label: 'nav.waves', icon: UnorderedListOutlined, needs: 'fulfilment.wave.read' },
      { to: '/parcels', label: 'nav.parcels', icon: InboxOutlined, needs: 'fulfilment.parcel.read' },
      { to: '/manifests', label: 'nav.manifests', icon: CarOutlined, needs: 'fulfilment.manifest.read' },
      { to: '/spot-checks', label: 'nav.spotChecks', icon: EyeOutlined, needs: 'fulfilment.spot_check.read' },
      { to: '/incidents', label: 'nav.incidents', icon: WarningOutlined, needs: 'fulfilment.incident.read' },
      { to: '/stock', label: 'nav.stock', icon: ContainerOutlined, needs: 'inventory.stock.read' },
      { to: '/stock/alerts', label: 'nav.stockAlerts', icon: WarningOutlined, needs: 'inventory.stock.read' },
      {
        to: '/stock/replenishment',
        label: 'nav.replenishment',
        icon: LineChartOutlined,
        needs: 'inventory.replenishment.read',
      },
      { to: '/stock/counts', label: 'nav.counts', icon: ReconciliationOutlined, needs: 'inventory.count.read' },
      { to: '/stock/bins', label: 'nav.binStock', icon: AppstoreOutlined, needs: 'inventory.stock.read' },
      { to: '/stock/deliveries', label: 'nav.deliveries', icon: TruckOutlined, needs: 'inventory.stock.read' },
      { to: '/stock/put-away', label: 'nav.putAway', icon: ImportOutlined, needs: 'inventory.move.write' },
      { to: '/stock/batches', label: 'nav.batches', icon: HourglassOutlined, needs: 'inventory.stock.read' },
      { to: '/stock/allotments', label: 'nav.allotments', icon: PartitionOutlined, needs: 'inventory.stock.read' },
      { to: '/stock/kits', label: 'nav.kits', icon: ClusterOutlined, needs: 'inventory.stock.read' },
      { to: '/stock/documents', label: 'nav.documents', icon: FileDoneOutlined, needs: 'inventory.stock.read' },
      { to: '/warehouses', label: 'nav.warehouses', icon: BankOutlined, needs: 'inventory.warehouse.read' },
    ],
  },
  {
    label: 'nav.goods',
    items: [
      { to: '/products', label: 'nav.products', icon: TagsOutlined, needs: 'catalog.product.read' },
      { to: '/offers', label: 'nav.offers', icon: GiftOutlined, needs: 'promotions.offer.read' },
      { to: '/quotes', label: 'nav.quotes', icon: CalculatorOutlined, needs: 'promotions.quote.read' },
      { to: '/presales', label: 'nav.presales', icon: FieldTimeOutlined, needs: 'orders.order.read' },
      { to: '/shops', label: 'nav.shops', icon: ShopOutlined, needs: 'catalog.shop.read' },
    ],
  },
  {
    label: 'nav.finance',
    items: [
      {
        to: '/finance',
        label: 'nav.financeHome',
        icon: FundOutlined,
        needs: 'payments.reconciliation.read',
        exact: true,
      },
      {
        to: '/finance/settlements',
        label: 'nav.settlements',
        icon: FileProtectOutlined,
        needs: 'payments.settlement.read',
      },
      { to: '/finance/parties', label: 'nav.parties', icon: TransactionOutlined, needs: 'payments.settlement.read' },
      { to: '/finance/payouts', label: 'nav.payouts', icon: SendOutlined, needs: 'payments.settlement.read' },
      { to: '/finance/ledger', label: 'nav.ledger', icon: BookOutlined, needs: 'payments.ledger.read' },
      {
        to: '/finance/reconciliations',
        label: 'nav.reconciliations',
        icon: AccountBookOutlined,
        needs: 'payments.reconciliation.read',
      },
      {
        to: '/finance/differences',
        label: 'nav.differences',
        icon: DiffOutlined,
        needs: 'payments.reconciliation.read',
      },
      { to: '/finance/story', label: 'nav.story', icon: NodeIndexOutlined, needs: 'payments.payment.read' },
      { to: '/finance/bank', label: 'nav.bank', icon: TransactionOutlined, needs: 'payments.bank.read' },
      { to: '/finance/invoices', label: 'nav.invoices', icon: FileTextOutlined, needs: 'invoicing.invoice.read' },
      {
        to: '/finance/invoice-qualifications',
        label: 'nav.qualifications',
        icon: IdcardOutlined,
        needs: 'invoicing.qualification.review',
      },
      { to: '/finance/tax-codes', label: 'nav.taxCodes', icon: PercentageOutlined, needs: 'invoicing.tax_code.read' },
      {
        to: '/finance/invoice-provider',
        label: 'nav.invoiceProvider',
        icon: CloudServerOutlined,
        needs: 'invoicing.provider.write',
      },
    ],
  },
  {
    label: 'nav.data',
    items: [
      { to: '/approvals', label: 'nav.approvals', icon: CheckSquareOutlined },
      { to: '/imports', label: 'nav.imports', icon: SwapOutlined },
      { to: '/exports', label: 'nav.exports', icon: ExportOutlined },
    ],
  },
  {
    label: 'nav.settings',
    items: [
      { to: '/settings', label: 'nav.general', icon: SettingOutlined, needs: 'settings.read', exact: true },
      { to: '/settings/membership', label: 'nav.membership', icon: CrownOutlined, needs: 'settings.read' },
      { to: '/settings/packing', label: 'nav.packing', icon: BoxPlotOutlined, needs: 'fulfilment.carton.read' },
      {
        to: '/settings/payment-channels',
        label: 'nav.paymentChannels',
        icon: CreditCardOutlined,
        needs: 'payments.channel.read',
      },
      { to: '/settings/users', label: 'nav.users', icon: TeamOutlined, needs: 'identity.user.read' },
      { to: '/settings/roles', label: 'nav.roles', icon: SafetyOutlined, needs: 'identity.role.read' },
      { to: '/settings/api-keys', label: 'nav.apiKeys', icon: KeyOutlined, needs: 'identity.api_key.read' },
      { to: '/settings/webhooks', label: 'nav.webhooks', icon: ApiOutlined, needs: 'kernel.webhook.read' },
      { to: '/settings/audit', label: 'nav.audit', icon: AuditOutlined, needs: 'compliance.audit.read' },
    ],
  },
];

/** The one entry to mark for an address: the longest that leads to it, so `/orders/new` does not mark the list too. */
export function activeEntry(path: string, groups: { items: { to: string; exact?: boolean }[] }[]): string | undefined {
  const fits = (item: { to: string; exact?: boolean }) =>
    path === item.to || (item.exact !== true && path.startsWith(`${item.to}/`));
  return groups
    .flatMap((group) => group.items)
    .filter(fits)
    .toSorted((a, b) => b.to.length - a.to.length)[0]?.to;
}
