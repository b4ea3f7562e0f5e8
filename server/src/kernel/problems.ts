import type { z } from 'zod';
import type { FieldProblem } from './errors.ts';

/** A path as the caller wrote it: `lines[0].sku`. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path)
    text += typeof part === 'number' ? `[${part}]` : text === '' ? String(part) : `.${String(part)}`;
  return text;
}

/** Every problem of a failed parse, as field problems with stable codes (the zod issue codes, and `required`). */
export function problemsOf(error: z.ZodError): FieldProblem[] {
  return error.issues.flatMap((issue) => flatten(issue, []));
}

function flatten(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): FieldProblem[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branches = issue.errors.toSorted((a, b) => a.length - b.length); // the branch that came nearest
    return (branches[0] ?? []).flatMap((i) => flatten(i, path));
  }
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: pathText([...path, key]), code: 'unrecognized_key' }));
  const {
    code,
    message: _m,
    path: _p,
    input: _i,
    ...facts
  } = issue as unknown as Record<string, unknown> & { code: string };
  const missing = code === 'invalid_type' && issue.message.includes('received undefined');
  for (const key of Object.keys(facts))
    if (!['string', 'number', 'boolean'].includes(typeof facts[key])) delete facts[key];
  return [{ path: pathText(path), code: missing ? 'required' : code, facts }];
}
