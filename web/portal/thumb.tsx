import { useEffect, useState } from 'react';
import { saveBytes } from './save-bytes.ts';

type Props = {
  name: string;
  /** Reads the file, small or whole. It must stay the same function while the file is the same. */
  read: (isSmall: boolean) => Promise<Blob>;
};

/** A small picture of a file; pressing it saves the whole. */
export function Thumb({ name, read }: Props) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let isGone = false;
    void read(true)
      .then((bytes) => {
        if (isGone) return;
        made = URL.createObjectURL(bytes);
        setUrl(made);
      })
      .catch(() => undefined); // the name stands beside it
    return () => {
      isGone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [read]);
  return (
    <button
      type="button"
      className="zp-thumb"
      onClick={() => void read(false).then((bytes) => saveBytes(bytes, name))}
      aria-label={name}
      title={name}
    >
      {url ? <img src={url} alt="" /> : <span aria-hidden>…</span>}
    </button>
  );
}
