import i18next, { type ResourceKey } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { readPref, writePref } from './prefs.ts';

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Loads the catalogues of one language; each language is fetched only when it is first shown. */
export type CatalogueLoader = (locale: Locale) => Promise<ResourceKey[]>;
export type Translate = (key: string, params?: Record<string, unknown>) => string;

let load: CatalogueLoader | undefined;
const loaded = new Set<Locale>();

const isLocale = (value: unknown): value is Locale => LOCALES.includes(value as Locale);

/** The language on screen now. */
export const currentLocale = (): Locale => (isLocale(i18next.language) ? i18next.language : 'zh-CN');

async function ensureLoaded(locale: Locale): Promise<void> {
  if (!load || loaded.has(locale)) return;
  for (const catalogue of await load(locale)) i18next.addResourceBundle(locale, 'translation', catalogue, true, true);
  loaded.add(locale);
}

/** Starts in the language last chosen on this device, else zh-CN. */
export async function startI18n(loader: CatalogueLoader): Promise<void> {
  load = loader;
  const stored = readPref('locale');
  const locale: Locale = isLocale(stored) ? stored : 'zh-CN';
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    resources: {},
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
    react: { useSuspense: false },
    saveMissing: true, // said aloud, so that no hole goes unseen
    missingKeyHandler: (_languages, _namespace, key) => console.error(`no text for ${key}`),
  });
  await ensureLoaded(locale);
  document.documentElement.lang = locale;
}

/** Switches at once, everywhere, and remembers the choice. */
export async function switchLocale(locale: Locale): Promise<void> {
  await ensureLoaded(locale);
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
  writePref('locale', locale);
}

/** Words of the catalogue in the language on screen. */
export function useT(): Translate {
  const { t } = useTranslation();
  return t as unknown as Translate;
}

/** The language on screen, for Intl and Ant Design; the component is drawn again when it changes. */
export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return isLocale(i18n.language) ? i18n.language : 'zh-CN';
}

/** A word for a code the server may extend: the catalogue's, or the code itself rather than a hole. */
export function useWord(): (prefix: string, code: string) => string {
  const { t, i18n } = useTranslation();
  return (prefix, code) => (i18n.exists(`${prefix}.${code}`) ? t(`${prefix}.${code}`) : code);
}
