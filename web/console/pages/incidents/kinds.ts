export const KINDS = ['short', 'damaged', 'mislabelled', 'wrong_item', 'surplus', 'other'] as const;
