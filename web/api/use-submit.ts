import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { createIntent } from './intent.ts';
import { isDecided } from './problem.ts';

/**
 * A write by a person: one Idempotency-Key per intent, and every query refreshed once the server has answered, because
 * one command moves orders, stock and money at once.
 */
export function useSubmit<Input, Output>(
  send: (input: Input, idempotencyKey: string) => Promise<Output>,
  options: {
    refresh?: boolean;
    onSuccess?: (output: Output, input: Input) => void;
    onError?: (error: Error) => void;
  } = {},
) {
  const intent = useRef<ReturnType<typeof createIntent>>(undefined);
  intent.current ??= createIntent();
  const queries = useQueryClient();
  return useMutation<Output, Error, Input>({
    mutationFn: (input) => send(input, intent.current?.keyFor(input) ?? ''),
    onSuccess: (output, input) => {
      intent.current?.settle();
      if (options.refresh !== false) void queries.invalidateQueries();
      options.onSuccess?.(output, input);
    },
    onError: (error) => {
      if (isDecided(error)) intent.current?.settle();
      options.onError?.(error);
    },
  });
}
