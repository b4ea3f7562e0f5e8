type PrefName = 'locale' | 'theme' | 'nav' | 'sound' | 'carrier';

/** A choice kept on this device; undefined when there is none or storage is closed (private windows). */
export function readPref(name: PrefName): string | undefined {
  try {
    return localStorage.getItem(`zhanggui.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a choice on this device; silently forgets it where storage is closed. */
export function writePref(name: PrefName, value: string): void {
  try {
    localStorage.setItem(`zhanggui.${name}`, value);
  } catch {
    // The choice then lasts as long as the page.
  }
}
