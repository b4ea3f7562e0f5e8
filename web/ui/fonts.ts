/** Brings Noto Sans SC in after the first paint; its many small files are fetched only for the characters on screen. */
export function loadFonts(): void {
  void import('@fontsource-variable/noto-sans-sc/index.css');
}
