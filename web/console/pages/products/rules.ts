import { parseMoney } from '../../../ui/format/money.ts';
import type { Translate } from '../../../ui/i18n.ts';

/** Form rule: an amount of money, zero or more. */
export const isMoneyRule = (t: Translate, currency = 'CNY') => ({
  validator: (_rule: unknown, text: string | undefined) => {
    const amount = parseMoney(text ?? '', currency);
    return amount !== undefined && amount >= 0 ? Promise.resolve() : Promise.reject(new Error(t('ui.amountBad')));
  },
});
