import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The top of the repository. */
export const ROOT = path.resolve(import.meta.dirname, '..');

const NEVER = new Set(['node_modules', 'dist', '.git', '.cache', 'data', 'coverage']);

/** Every file below the folders, as paths from `root` with forward slashes, sorted. A folder that does not exist has none. */
export function filesBelow(root: string, folders: readonly string[], pattern: RegExp): string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !NEVER.has(entry.name)) walk(file);
      else if (entry.isFile() && pattern.test(file)) found.push(file);
    }
  };
  const top = new Set(readdirSync(root));
  for (const folder of folders) if (top.has(folder.split('/')[0] ?? '')) walk(folder);
  return found.toSorted();
}
