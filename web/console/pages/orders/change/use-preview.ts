import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

const PAUSE_MS = 350;

/** The value once it has not changed for a moment. */
function useSettled<T>(value: T): T {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** What the server says would come of it, as the person goes on; what it said last stays until it says more. */
export function usePreview<Input, Output>(
  name: string,
  input: Input,
  ask: (input: Input, signal: AbortSignal) => Promise<Output>,
  enabled = true,
) {
  const asked = useSettled(input);
  return useQuery({
    queryKey: ['preview', name, asked] as const,
    queryFn: ({ signal }) => ask(asked, signal),
    enabled,
    retry: false,
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
}
