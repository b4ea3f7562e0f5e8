import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { client } from '../../../api/instance.ts';
import type { Body } from '../../../api/paths.ts';

type Asked = {
  shop: string;
  lines: readonly { sku: string; quantity: number }[];
  phone: string;
  coupons: readonly string[];
};

/** Prices the cart again whenever something of it has changed. */
export function useQuote({ shop, lines, phone, coupons }: Asked) {
  const body = useDeferredValue(
    JSON.stringify({
      shop,
      lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
      ...(phone ? { customer: { phone } } : {}),
      ...(coupons.length > 0 ? { couponCodes: coupons } : {}),
    }),
  );
  return useQuery({
    queryKey: ['/quotes', body] as const,
    queryFn: ({ signal }) =>
      client.repeatable('/quotes', { body: JSON.parse(body) as Body<'/quotes', 'post'>, signal }),
    enabled: shop !== '' && lines.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 10_000,
  });
}
