import { useQuery } from '@tanstack/react-query';
import { membershipQuery } from '../../../api/console.ts';
import type { Money } from '../../../ui/format/money.ts';

/** The currency members' spending is counted in: the organisation's. */
export const useOrgCurrency = (): Money['currency'] => useQuery(membershipQuery).data?.currency ?? 'CNY';
