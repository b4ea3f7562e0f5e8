import './events.ts';

export * from './define.ts';
export { columnsOf, type Header } from './header.ts';
export { IdsAt } from './ids-at.ts';
export * from './errors.ts';
export { ENCODINGS } from './encoding.ts';
export { rescueTransfers, runTransfer, watchTransfers } from './jobs.ts';
export { tableOnDisk, type TakenTable, takeTable } from './receive.ts';
export { reasonText, rejectsCsv } from './rejects.ts';
export { EXPORT_PERSONAL, runExport } from './run-export.ts';
export { runImport, stopTransfers, type Watcher } from './run-import.ts';
export { startExport, startImport } from './start.ts';
export { findTransfer, getTransfer, rejectCounts, type TransferRow } from './store.ts';
export { delimiterOf, DELIMITERS, readTable, type TableFormat } from './table.ts';
export { csvRecord, CSV_BOM, neutral } from './write-table.ts';
export { transfersModule } from './routes.ts';
