import type { JobEnv } from '../../jobs/index.ts';
import type { SmsSettings } from './settings.ts';

export type Sms = {
  orgId: string;
  /** As `normalisePhone` writes it. */
  phone: string;
  /** `<module>.<what>`: providers in China send approved templates, which the settings name by it. */
  template: string;
  /** What the template is filled with: what our text has in braces, as it stands there. */
  params: Readonly<Record<string, string>>;
  /** The text as we would write it, for providers that send text. */
  text: string;
  /** Ours for this message, the same for every attempt. */
  reference: string;
  now: Date;
};

/** A provider's answer, as a code without its words: those may repeat the number. */
export class SmsRefused extends Error {
  /** True when sending again cannot help. */
  readonly permanent: boolean;
  constructor(code: string, permanent: boolean) {
    super(code);
    this.permanent = permanent;
  }
}

/** Whoever sends SMS. Called outside any transaction. @throws SmsRefused */
export interface SmsProvider {
  send(env: JobEnv, settings: SmsSettings, sms: Sms): Promise<void>;
}
