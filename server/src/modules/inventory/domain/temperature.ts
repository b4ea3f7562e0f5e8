export type Temperature = 'ambient' | 'chilled' | 'frozen';

/** Whether goods may stand there: as cold as they need it, and goods that need nothing may stand in the cool, not in the frost. */
export const keepsWell = (goods: Temperature, zone: Temperature): boolean =>
  goods === zone || (goods === 'ambient' && zone === 'chilled');
