import { nuonuoProvider } from './nuonuo/provider.ts';
import type { InvoiceProvider } from './provider.ts';
import { sandboxProvider } from './sandbox/provider.ts';

const PROVIDERS: ReadonlyMap<string, InvoiceProvider> = new Map(
  [sandboxProvider, nuonuoProvider].map((p) => [p.code, p]),
);

/** The provider of that code. An invoice keeps the one it was sent to, whatever the setting says later. */
export const providerOf = (code: string): InvoiceProvider | undefined => PROVIDERS.get(code);
