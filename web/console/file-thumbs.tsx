import { PaperClipOutlined } from '@ant-design/icons';
import { Image } from 'antd';
import type { ReactNode } from 'react';
import './file-thumbs.css';

type Shown = { name: string; mediaType: string };
type Props<F extends Shown> = {
  files: readonly F[];
  /** The address of a file, or of its small picture. */
  at: (file: F, isSmall: boolean) => string;
  /** Said below a file. */
  says?: (file: F) => ReactNode;
};

/** Files side by side: pictures small, large when pressed; what is none by its name. */
export function FileThumbs<F extends Shown>({ files, at, says }: Props<F>) {
  if (files.length === 0) return null;
  return (
    <Image.PreviewGroup>
      <div className="zg-thumbs">
        {files.map((file) => (
          <figure key={at(file, false)}>
            {file.mediaType.startsWith('image/') ? (
              <Image
                src={at(file, true)}
                preview={{ src: at(file, false) }}
                alt={file.name}
                width={96}
                height={96}
                style={{ objectFit: 'cover' }}
              />
            ) : (
              <a href={at(file, false)} className="zg-thumb-file wrap" target="_blank" rel="noreferrer">
                <PaperClipOutlined /> {file.name}
              </a>
            )}
            {says && <figcaption className="muted">{says(file)}</figcaption>}
          </figure>
        ))}
      </div>
    </Image.PreviewGroup>
  );
}
