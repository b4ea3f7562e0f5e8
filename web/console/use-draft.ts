import { useEffect, useState } from 'react';

const PREFIX = 'zhanggui.draft.';

function kept(key: string): string {
  try {
    return sessionStorage.getItem(PREFIX + key) ?? '';
  } catch {
    return ''; // storage is closed
  }
}

/** A text that is not lost when the page is left or loaded anew, as long as the tab is open. Empty forgets it. */
export function useDraft(key: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => kept(key));
  useEffect(() => {
    try {
      if (text === '') sessionStorage.removeItem(PREFIX + key);
      else sessionStorage.setItem(PREFIX + key, text);
    } catch {
      // storage is closed or full: the text lives as long as the page
    }
  }, [key, text]);
  return [text, setText];
}
