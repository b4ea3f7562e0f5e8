const ONE = 1000;

/** A share in thousandths, as people read it. */
export const percent = (permille: number | null): string =>
  permille === null ? '–' : `${(permille / 10).toFixed(1)} %`;
/** A mean in thousandths. */
export const mean = (millis: number | null): string => (millis === null ? '–' : (millis / ONE).toFixed(2));
/** The index of a kind: a share of satisfied customers, or NPS from -100 to 100. */
export const index = (kind: 'csat' | 'nps', permille: number | null): string =>
  permille === null ? '–' : kind === 'csat' ? percent(permille) : String(Math.round(permille / 10));
