export const GRAPH: Record<string, string[]>;
export const EXTRA_SCHEMAS: Record<string, string[]>;
