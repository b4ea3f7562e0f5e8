import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { FileNotFound, getFile, READ_ANY_FILE } from '#kernel/files/index.ts';
import { isSelf } from '#modules/customers/index.ts';
import { CaseInvalid } from '../errors.ts';

/** What can show something; files were judged by their content when they came (kernel/files). */
const SHOWS = /^(?:image|video|audio)\/|^application\/pdf$/;

/** @throws CaseInvalid with every file that is not there, is somebody else's, or shows nothing */
export async function mustSeeFiles(tx: Tx, ctx: Ctx, fileIds: readonly string[], path: string): Promise<void> {
  const problems: FieldProblem[] = [];
  for (const [i, id] of fileIds.entries()) {
    try {
      const file = await getFile(tx, ctx, id);
      const own = file.createdBy === ctx.actor.id || isSelf(ctx, file.createdBy);
      const seen = own || can(ctx, READ_ANY_FILE);
      if (seen && SHOWS.test(file.mediaType)) continue;
      if (seen) {
        problems.push({ path: `${path}[${i}]`, code: 'not_evidence', facts: { file: id } });
        continue;
      }
    } catch (error) {
      if (!(error instanceof FileNotFound)) throw error;
    }
    problems.push({ path: `${path}[${i}]`, code: 'unknown_file', facts: { file: id } });
  }
  if (problems.length > 0) throw new CaseInvalid({}, problems);
}
