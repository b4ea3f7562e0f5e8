import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

/** Timings of after-sales cases and how their money is reckoned (AFT-3 to AFT-7, AFT-11). Amounts are minor units. */
export const caseSettings = defineSettings(
  'aftersales',
  z.object({
    /** Hours within which a case is answered (AFT-3). */
    answerWithinHours: z.int().min(1).max(720).default(24),
    /** Hours within which a VIP's is (AFT-11). */
    vipAnswerWithinHours: z.int().min(1).max(720).default(4),
    /** Id of the person who is given VIPs' cases; empty = nobody by name. */
    vipOwner: z.string().trim().max(60).default(''),
    /** A case nobody has answered in time is agreed to, where the policy allows it. */
    agreeWhenUnanswered: z.boolean().default(false),
    /** Hours after which goods not sent back yet, and goods sent and not here yet, are reminded of (AFT-5). 0 = never. */
    returnReminderHours: z.int().min(0).max(720).default(48),
    /** Days the customer has to send goods back; then the case expires. */
    sendWithinDays: z.int().min(1).max(180).default(7),
    /** Days goods that were sent back may take; then they count as not coming. */
    arriveWithinDays: z.int().min(1).max(180).default(15),
    /** Hours after completion within which the customer is asked how it went (AFT-3). */
    followUpWithinHours: z.int().min(1).max(720).default(48),
    /** Hours a proposed solution can be taken. */
    offerValidHours: z.int().min(1).max(720).default(72),
    /** Days a quote for a repair stands; then it counts as declined. */
    quoteValidDays: z.int().min(1).max(90).default(7),
    /** Until which step a repair waits for its fee (AFT-7): it is not finished, or not sent back, before that is paid; or it never waits. */
    repairWaitsForFee: z.enum(['finish', 'send_back', 'never']).default('finish'),
    /** Days after which a fee that is not paid is overdue on the desk's list. */
    repairFeeDays: z.int().min(1).max(90).default(3),
    /** Of whom pictures are asked where the policy wants them; agents see what is missing. */
    evidenceRequiredOf: z.enum(['customers', 'everyone', 'nobody']).default('customers'),
    /** When what is kept misses a threshold, what that threshold gave is kept back; never when the fault is the seller's. */
    keepBackThresholds: z.boolean().default(true),
    /** When the freight that was paid goes back: with the last of the goods, only when the fault is the seller's, or never. */
    freightBack: z.enum(['whole', 'seller_fault', 'never']).default('whole'),
    /** What having goods fetched costs a buyer who has to bear the way back. */
    pickupFee: z.int().min(0).max(1_000_000).default(0),
    /** Trusted customers get their money when the goods are on their way (AFT-5). */
    instantRefund: z.boolean().default(true),
    /** Levels of membership that are trusted. */
    instantRefundLevels: z.array(z.string().trim().min(1).max(40)).max(20).default(['gold', 'vip']),
    /** Most that is given back before the goods are here, over all of a customer's open cases. */
    instantRefundMax: z.int().min(0).max(1_000_000_000).default(50_000),
    /** Replacements go out when the exchange is agreed, before the goods they replace are here. */
    advanceExchange: z.boolean().default(false),
    /** Hours the difference in price of an exchange can be paid. */
    exchangePayHours: z.int().min(1).max(720).default(24),
  }),
);
export type CaseSettings = Awaited<ReturnType<typeof caseSettings.get>>;
