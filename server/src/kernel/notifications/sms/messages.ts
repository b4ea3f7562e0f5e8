import { z } from 'zod';
import type { Locale } from '../../context.ts';
import type { Tx } from '../../db/index.ts';
import { t, wordNames } from '../../i18n/index.ts';
import { smsSettings } from './settings.ts';

let known: ReadonlySet<string> | undefined;

/** Called once by the composition root: everything customers are told, by template. */
export function useCustomerMessages(templates: readonly string[]): void {
  known = new Set(templates);
}

/** Whether modules have said that customers are told this; true where nobody has said anything. */
export const isCustomerMessage = (template: string): boolean => known?.has(template) ?? true;

export const SmsMessage = z
  .object({
    template: z.string(),
    /** As we would write it, with the names in braces. */
    text: z.string(),
    /** What the provider's template is filled with. */
    variables: z.array(z.string()),
    /** The approved template at the provider; null = not told by SMS. */
    code: z.string().nullable(),
  })
  .meta({ id: 'SmsMessage' });

/** What customers can be told by SMS, and by which approved template they are. */
export async function smsMessages(tx: Tx, locale: Locale): Promise<z.input<typeof SmsMessage>[]> {
  const { templates } = await smsSettings.get(tx);
  return [...(known ?? [])].toSorted().map((template) => {
    const key = `notify.${template}.body`;
    return { template, text: t(locale, key), variables: wordNames(locale, key), code: templates[template] ?? null };
  });
}
