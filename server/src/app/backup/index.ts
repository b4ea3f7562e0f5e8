export { backup, type BackupDone } from './backup.ts';
export { restore, type RestoreDone } from './restore.ts';
