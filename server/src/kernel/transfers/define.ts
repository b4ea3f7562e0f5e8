import type { z } from 'zod';
import type { Ctx } from '../context.ts';
import type { Db, Tx } from '../db/index.ts';
import type { FieldProblem } from '../errors.ts';
import type { Log } from '../log.ts';

/** One row of a table. `line` is the row's number as a spreadsheet shows it: the header is row 1. */
export type TableRow = { readonly line: number; readonly cells: readonly string[] };

/** A column of our own template. Files may call it by any of its names. */
export type Column = {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly required?: boolean;
  readonly example: string;
};

/** Why a row was not taken. `path` names the column. */
export type Reject = FieldProblem & { readonly line: number };

/** What belongs together and is taken or refused together: a row, or the rows of an order. */
export type Unit<U> = { readonly rows: number; readonly unit: U };

/** What became of some units. Rows neither skipped nor rejected were taken. `counts` adds to the transfer's summary. */
export type Outcome = {
  readonly skipped: number;
  readonly rejects: readonly Reject[];
  readonly counts?: Readonly<Record<string, number>>;
};

/** What a run of an import may know. */
export type Run<O> = {
  readonly db: Db;
  readonly log: Log;
  readonly ctx: Ctx;
  readonly transferId: string;
  readonly options: O;
  readonly dryRun: boolean;
  readonly sha256: string;
};

export type Session<U> = {
  /** Cuts the rows into units. The same file gives the same units in the same order: a killed import counts them to go on. */
  units(rows: AsyncIterable<TableRow>): AsyncIterable<Unit<U>>;
  /** Takes units in the transaction that records the progress. May be run again for the same units. */
  apply?(tx: Tx, units: readonly U[]): Promise<Outcome>;
  /** Instead of `apply`: takes units in transactions of its own, repeat-safe. `first` is the number of the first unit. */
  place?(units: readonly U[], first: number): Promise<Outcome>;
  /** For atomic kinds: what is wrong with the units, without a write. Sees every unit before the first `apply`. */
  check?(tx: Tx, units: readonly U[]): Promise<Outcome>;
};

export type ImportKind<S extends z.ZodType = z.ZodType, U = unknown> = {
  readonly kind: string;
  readonly permission: string;
  readonly columns: readonly Column[];
  /** What may be sent as `mapping`; an empty object must do. */
  readonly options: S;
  /** All or nothing per file. */
  readonly atomic?: boolean;
  /** The same bytes take effect once. */
  readonly oncePerFile?: boolean;
  /** Most units of one transaction. Default 500. */
  readonly unitsMax?: number;
  /** How many rows with something in them may stand above the header, as banks and marketplaces write. Default none. */
  readonly preambleRowsMax?: number;
  /** @throws ColumnsMissing when the header does not serve. */
  open(run: Run<z.output<S>>, header: readonly string[]): Promise<Session<U>> | Session<U>;
};

export type ExportKind<S extends z.ZodObject = z.ZodObject> = {
  readonly kind: string;
  readonly permission: string;
  readonly filters: S;
  readonly columns: readonly string[];
  /** The rows, page by page. `personal`: whether personal data may be written as it is. */
  pages(
    env: { db: Db; ctx: Ctx; personal: boolean },
    filters: z.output<S>,
  ): AsyncIterable<readonly (readonly Cell[])[]>;
};
/** Numbers stay numbers in a workbook. */
export type Cell = string | number | Date | null;

export const IMPORTS = new Map<string, ImportKind>();
export const EXPORTS = new Map<string, ExportKind>();

/** Declares what may be imported: the centre then offers it over HTTP and on the command line. */
export function defineImport<S extends z.ZodType, U>(kind: ImportKind<S, U>): ImportKind<S, U> {
  if (IMPORTS.has(kind.kind)) throw new Error(`import ${kind.kind} is declared twice`);
  IMPORTS.set(kind.kind, kind as unknown as ImportKind);
  return kind;
}

/** Declares what may be exported. */
export function defineExport<S extends z.ZodObject>(kind: ExportKind<S>): ExportKind<S> {
  if (EXPORTS.has(kind.kind)) throw new Error(`export ${kind.kind} is declared twice`);
  EXPORTS.set(kind.kind, kind as unknown as ExportKind);
  return kind;
}
