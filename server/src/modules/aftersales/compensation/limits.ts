import { defineLimit, type Limit } from '#kernel/limits.ts';
import { type Kind, KINDS, SEVERITIES, type Severity } from './domain/authority.ts';
import { CREATE } from './permissions.ts';
import { compensationSettings, limitIn } from './settings.ts';

const nameOf = (kind: Kind, severity: Severity): string => `aftersales.compensation.${kind}.${severity}`;

/** The matrix of authority: a limit of each role and person for each kind and severity. */
const limits = new Map<string, Limit>(
  KINDS.flatMap((kind) =>
    SEVERITIES.map((severity): [string, Limit] => {
      const name = nameOf(kind, severity);
      return [
        name,
        defineLimit({
          name,
          unit: 'money',
          permission: CREATE,
          organisation: async (tx) => limitIn(await compensationSettings.get(tx), kind, severity),
        }),
      ];
    }),
  ),
);

export const limitOf = (kind: Kind, severity: Severity): Limit => limits.get(nameOf(kind, severity)) as Limit;
