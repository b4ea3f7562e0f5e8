import { useQueryClient } from '@tanstack/react-query';
import { portal, portalPass, type Pass } from '../api/portal.ts';
import { uploadShelf } from '../api/upload-shelf.ts';
import { goInstead } from './location.ts';

const ORG = 'zhanggui.portal.org';

/** Whose portal was asked for: by the address, or the last one used on this device. Empty where there is but one. */
export function wantedOrg(): string {
  const named = new URLSearchParams(window.location.search).get('org');
  try {
    if (named) localStorage.setItem(ORG, named);
    return named ?? localStorage.getItem(ORG) ?? '';
  } catch {
    return named ?? '';
  }
}

/** Where a pass leads: to the one order, or to all of them. */
export const homeOf = (pass: Pass): string => (pass.orderId === undefined ? '/portal/orders' : '/portal/order');

/** Lets the visitor in with a new pass; what was seen with another is forgotten. */
export function useEnter(): (pass: Pass) => void {
  const queries = useQueryClient();
  return (pass) => {
    portalPass.set(pass);
    queries.clear();
    goInstead(homeOf(pass));
  };
}

/** Signs out: here at once, at the server as soon as it hears of it. */
export function useLeave(): () => void {
  const queries = useQueryClient();
  return () => {
    void portal.leave().catch(() => undefined);
    portalPass.clear();
    void uploadShelf.clear();
    queries.clear();
    goInstead('/portal/');
  };
}
