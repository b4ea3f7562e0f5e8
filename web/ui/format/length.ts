/** A walked or measured length, in metres: “128.4 m”. */
export const formatMetres = (mm: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: 'meter', maximumFractionDigits: 1 }).format(mm / 1_000);
