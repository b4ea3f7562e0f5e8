import type { Answer, Schemas } from './paths.ts';

/** The shapes pages speak of, each as the server describes it. */
export type { Schemas } from './paths.ts';

/** A page of a list; `nextCursor` is opaque and null on the last page, or absent where all fits on one. */
export type Page<T> = { items: T[]; nextCursor?: string | null };

export type Me = Schemas['Me'];
export type Dashboard = Schemas['Dashboard'];
export type OrderRow = Schemas['OrderSummary'];
export type Order = Schemas['Order'];
export type OrderLine = Schemas['OrderLine'];
export type OrderStatus = Order['status'];
export type NewOrder = Schemas['PlaceOrder'];
export type TimelineItem = Answer<'/orders/{orderId}/timeline', 'get'>['items'][number];
export type Payment = Schemas['Payment'];
export type Refund = Schemas['RefundWork'];
export type PaymentChannel = Schemas['PaymentChannel'];
export type PayOption = Schemas['PaymentOptions']['items'][number];
export type TrialBalance = Schemas['TrialBalance'];
export type LedgerPosting = Schemas['LedgerPosting'];
export type LedgerEntry = Schemas['LedgerEntry'];
export type Reconciliation = Schemas['Reconciliation'];
export type ReconciliationReport = Schemas['ReconciliationReport'];
export type BillLine = Schemas['BillLine'];
export type DifferenceRow = Schemas['ReconciliationDifferenceSummary'];
export type BankAccount = Schemas['BankAccount'];
export type BankLine = Schemas['BankLine'];
export type BankLineSummary = Schemas['BankLineSummary'];
export type PaymentStory = Schemas['PaymentStory'];
export type Difference = Schemas['ReconciliationDifference'];
export type InvoiceRow = Schemas['InvoiceSummary'];
export type Invoice = Schemas['Invoice'];
export type CaseRow = Schemas['CaseSummary'];
export type AfterSalesCase = Schemas['AfterSalesCase'];
export type InvoiceQualification = Schemas['InvoiceQualification'];
export type TaxCode = Schemas['TaxCode'];
export type MyInvoices = Answer<'/portal/orders/{orderId}/invoices', 'get'>;
export type Parcel = Schemas['Parcel'];
export type Carton = Schemas['Carton'];
export type CartonPlan = Schemas['CartonPlan'];
export type Manifest = Schemas['Manifest'];
export type ManifestParcel = Schemas['ManifestParcel'];
export type Cutoff = Schemas['Cutoff'];
export type CheckPlan = Schemas['CheckPlan'];
export type SpotCheck = Schemas['SpotCheck'];
export type IncidentRow = Schemas['IncidentSummary'];
export type Incident = Schemas['Incident'];
export type Pick = Schemas['Pick'];
export type Wave = Schemas['WaveSummary'];
export type WaveDetail = Schemas['Wave'];
export type PickLine = Schemas['PickLine'];
export type PickPlace = Schemas['PickPlace'];
export type PickRoute = Schemas['PickRoute'];
export type ShortPick = Schemas['ShortPick'];
export type ScanLine = Schemas['ScanLine'];
export type Shipment = Schemas['ShipmentSummary'];
export type Carrier = Schemas['Carrier'];
export type Product = Schemas['Product'];
export type SkuHit = Schemas['SkuHit'];
export type Shop = Schemas['Shop'];
export type Warehouse = Schemas['Warehouse'];
export type StockRow = Schemas['Stock'];
export type StockMove = Schemas['StockMove'];
export type StockAlert = Schemas['StockAlert'];
export type StockPlan = Schemas['StockPlan'];
export type SkuStock = Schemas['SkuStock'];
export type ReplenishmentRule = Schemas['ReplenishmentRule'];
export type ReplenishmentSuggestion = Schemas['ReplenishmentSuggestion'];
export type StockDocument = Schemas['StockDocument'];
export type StockTake = Schemas['StockTake'];
export type StockTakeLine = Schemas['StockTakeLine'];
export type StockTakeBin = Schemas['StockTakeBin'];
export type Allotment = Schemas['Allotment'];
export type SlottingSwap = Schemas['SlottingSwap'];
export type BinDue = Schemas['BinDue'];
export type StockDocumentDetail = Schemas['StockDocumentDetail'];
export type Zone = Schemas['Zone'];
export type Bin = Schemas['Bin'];
export type WarehousePlan = Schemas['WarehousePlan'];
export type WarehouseLayout = Schemas['WarehouseLayout'];
export type BinStock = Schemas['BinStock'];
export type Batch = Schemas['Batch'];
export type PutAway = Schemas['PutAway'];
export type Delivery = Schemas['Delivery'];
export type Kit = Schemas['Kit'];
export type ImportRun = Schemas['Import'];
export type ExportRun = Schemas['Export'];
export type Approval = Schemas['Approval'];
export type User = Schemas['User'];
export type Role = Schemas['Role'];
export type Limit = Schemas['Limit'];
export type OrderAllocation = Schemas['OrderAllocation'];
export type PermissionInfo = Answer<'/permissions', 'get'>['items'][number];
export type ApiKey = Schemas['ApiKey'];
export type Webhook = Schemas['Webhook'];
export type WebhookDelivery = Schemas['WebhookDelivery'];
export type AuditEvent = Schemas['AuditEvent'];
export type ReviewItem = Schemas['ReviewItem'];
export type Review = Schemas['Review'];
export type ReviewRule = Schemas['ReviewRule'];
export type ReviewTrial = Schemas['ReviewTrial'];
export type BlacklistEntry = Schemas['BlacklistEntry'];
export type PresaleOverview = Schemas['PresaleOverview'];
export type Offer = Schemas['OfferView'];
export type OfferKind = Offer['kind'];
export type OfferHistory = Schemas['OfferHistory'];
export type OfferPreview = Schemas['OfferPreview'];
export type Quote = Schemas['Quote'];
export type ArchiveOverview = Schemas['ArchiveOverview'];
export type ArchiveRun = Schemas['ArchiveRun'];
export type ArchivedOrder = Schemas['ArchivedOrder'];
export type Coupon = Schemas['Coupon'];
export type Session = Schemas['Session'];
export type Notice = Schemas['Notification'];
export type SettingsSection = Schemas['Settings'];
export type PortalParcel = Schemas['PortalParcel'];
export type PortalOffer = Schemas['PortalOffer'];
export type CustomerRow = Schemas['CustomerSummary'];
export type Customer = Schemas['Customer'];
export type CustomerPoints = Schemas['CustomerPoints'];
export type MemberLevel = Schemas['MemberLevel'];
export type ExceptionRow = Schemas['ExceptionSummary'];
export type Exception = Schemas['Exception'];
export type Replenishment = Schemas['Replenishment'];
export type BackInStockCount = Schemas['BackInStockCount'];
export type BackInStock = Schemas['BackInStock'];
export type ClaimRow = Schemas['ClaimSummary'];
export type Claim = Schemas['Claim'];
export type MyClaim = Schemas['MyClaim'];
export type TradeSnapshot = Schemas['SnapshotView'];
export type Explanation = Schemas['OrderExplanation'];

export type FinanceSummary = Schemas['FinanceSummary'];
export type SettlementTerms = Schemas['SettlementTerms'];
export type SettlementItem = Schemas['SettlementItem'];
export type StatementRow = Schemas['SettlementStatementSummary'];
export type Statement = Schemas['SettlementStatement'];
export type PartyRow = Schemas['SettlementPartySummary'];
export type Party = Schemas['SettlementParty'];
export type BatchRow = Schemas['PayoutBatchSummary'];
export type Payout = Schemas['Payout'];

export const ORDER_STATUSES = [
  'pending_payment',
  'paid',
  'shipped',
  'delivered',
  'completed',
  'cancelled',
  'closed',
] as const satisfies readonly OrderStatus[];

export const OFFER_STATES = ['draft', 'published', 'paused', 'ended'] as const satisfies readonly Offer['state'][];
export const OFFER_KINDS = [
  'limited_time_discount',
  'threshold_reduction',
  'coupon',
  'nth_item',
  'gift',
  'flash_sale',
  'presale',
  'cross_shop_threshold',
] as const satisfies readonly OfferKind[];

/** The part of JSON Schema the settings form draws. */
export type JsonSchema = {
  type?: string | string[];
  title?: string;
  description?: string;
  enum?: (string | number)[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  required?: string[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  default?: unknown;
  unit?: string;
};

export type Ticket = Schemas['Ticket'];
export type MailAccount = Schemas['MailAccount'];
export type MailTestResult = Schemas['MailTestResult'];
export type IncomingMail = Schemas['IncomingMail'];
export type OutgoingMail = Schemas['OutgoingMail'];
export type PortalFeedback = Schemas['PortalFeedback'];
export type FollowUp = Schemas['FollowUp'];
export type FeedbackResults = Schemas['FeedbackResults'];
export type NpsCampaign = Schemas['NpsCampaign'];
export type TicketRow = Schemas['TicketSummary'];
export type TicketClock = Schemas['TicketClock'];
export type TicketMessage = Schemas['TicketMessage'];
export type TicketCalculation = Schemas['TicketCalculation'];
export type SupportTeam = Schemas['SupportTeam'];
export type SupportSettings = Schemas['SupportSettings'];
export type ComplaintAgreement = Schemas['ComplaintAgreement'];
export type AgreementToSign = Schemas['AgreementToSign'];
export type SmsMessage = Schemas['SmsMessage'];
