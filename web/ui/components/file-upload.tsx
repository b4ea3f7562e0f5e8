import { useEffect, useId, useRef, useState } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import {
  startUpload,
  type RunningUpload,
  type StoredFile,
  type UploadPurpose,
  type UploadView,
} from '../../api/uploads.ts';
import { useT, type Translate } from '../i18n.ts';
import './file-upload.css';

type Item = {
  key: string;
  name: string;
  size: number;
  preview: string | undefined;
  running: RunningUpload;
  view: UploadView;
};

const KNOWN = 'zhanggui.upload.';
/** The same file chosen again is taken up where it was left, in this tab. */
const knownKey = (file: File, purpose: string): string =>
  `${KNOWN}${purpose}:${file.name}:${file.size}:${file.lastModified}`;

function remembered(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}
function remember(key: string, id: string | undefined): void {
  try {
    if (id === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, id);
  } catch {
    // then it begins anew after the page is loaded again
  }
}

function says(view: UploadView, size: string, t: Translate): string {
  if (view.state !== 'failed') return t(`ui.upload.${view.state}`, { size });
  const problem = view.error instanceof ApiProblem ? view.error : undefined;
  return problem?.detail ?? problem?.title ?? t('ui.error.unknown');
}

const inMb = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);

function Row({ item, onRemove }: { item: Item; onRemove: () => void }) {
  const t = useT();
  const { view, running, name, size } = item;
  const percent = Math.round((view.sent / size) * 100);
  return (
    <li className="zu-item">
      {item.preview ? (
        <img src={item.preview} alt="" />
      ) : (
        <span className="zu-film" aria-hidden>
          ▶
        </span>
      )}
      <div style={{ minWidth: 0 }}>
        <div className="ellipsis">{name}</div>
        <div
          className="zu-state"
          data-bad={view.state === 'failed'}
          role={view.state === 'failed' ? 'alert' : 'status'}
        >
          {says(view, `${inMb(view.sent)} / ${inMb(size)} MB`, t)}
        </div>
        {view.state !== 'done' && view.state !== 'failed' && (
          <div
            className="zu-bar"
            role="progressbar"
            aria-label={t('ui.upload.progress', { name })}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percent}
          >
            <div style={{ width: `${percent}%` }} />
          </div>
        )}
      </div>
      <div className="zu-buttons">
        {(view.state === 'sending' || view.state === 'waiting') && (
          <button type="button" onClick={() => running.pause()} aria-label={t('ui.upload.pauseNamed', { name })}>
            {t('ui.upload.pause')}
          </button>
        )}
        {view.state === 'paused' && (
          <button type="button" onClick={() => running.resume()} aria-label={t('ui.upload.resumeNamed', { name })}>
            {t('ui.upload.resume')}
          </button>
        )}
        <button type="button" onClick={onRemove} aria-label={t('ui.upload.removeNamed', { name })}>
          {t('ui.upload.remove')}
        </button>
      </div>
    </li>
  );
}

export type FileUploadProps = {
  label: string;
  /** Said below the label: what is asked for, how many. */
  says?: string;
  purpose?: UploadPurpose;
  /** As the `accept` of a file field. */
  accept?: string;
  max: number;
  onChange: (files: StoredFile[]) => void;
  /** Told while something is still on its way: what is sent before would lack it. */
  onBusy?: (busy: boolean) => void;
};

type Told = Pick<FileUploadProps, 'onChange' | 'onBusy'>;

/** The files chosen, and how far each has come. What is begun when the page goes can be taken up again. */
function useUploads(purpose: UploadPurpose, max: number, told: Told) {
  const [items, setItems] = useState<Item[]>([]);
  const latest = useRef<Item[]>([]);
  const set = (next: Item[]): void => {
    latest.current = next;
    setItems(next);
    told.onChange(next.flatMap((i) => (i.view.file ? [i.view.file] : [])));
    told.onBusy?.(next.some((i) => i.view.state !== 'done' && i.view.state !== 'failed'));
  };
  useEffect(
    () => () => {
      for (const item of latest.current) {
        item.running.pause();
        if (item.preview) URL.revokeObjectURL(item.preview);
      }
    },
    [],
  );
  const begin = (file: File, key: string): Item => {
    const known = knownKey(file, purpose);
    const running = startUpload(
      file,
      purpose,
      (view) => {
        if (view.state === 'done' || view.state === 'failed') remember(known, undefined);
        set(latest.current.map((i) => (i.key === key ? { ...i, view } : i)));
      },
      { known: remembered(known), onBegun: (uploadId) => remember(known, uploadId) },
    );
    const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined;
    return { key, name: file.name, size: file.size, preview, running, view: running.view() };
  };
  return {
    items,
    add: (files: readonly File[]): void => {
      const room = files.slice(0, max - latest.current.length);
      set([...latest.current, ...room.map((file, n) => begin(file, `${Date.now()}-${n}-${file.name}`))]);
    },
    remove: (item: Item): void => {
      item.running.cancel();
      if (item.preview) URL.revokeObjectURL(item.preview);
      set(latest.current.filter((i) => i.key !== item.key));
    },
  };
}

/** Photos and films sent in pieces, with their progress; a lost connection is waited for, and nothing is sent twice. */
export function FileUpload(props: FileUploadProps) {
  const { label, says: hint, purpose = 'evidence', accept = 'image/*,video/*', max } = props;
  const t = useT();
  const id = useId();
  const { items, add, remove } = useUploads(purpose, max, props);
  const isFull = items.length >= max;
  return (
    <div role="group" aria-labelledby={`${id}-label`} aria-describedby={hint ? `${id}-hint` : undefined}>
      <div id={`${id}-label`} style={{ fontWeight: 600, marginBottom: 4 }}>
        {label}
      </div>
      {hint && (
        <div id={`${id}-hint`} className="muted" style={{ marginBottom: 8 }}>
          {hint}
        </div>
      )}
      <ul className="zu-list">
        {items.map((item) => (
          <Row key={item.key} item={item} onRemove={() => remove(item)} />
        ))}
      </ul>
      <label className="zu-pick" data-off={isFull}>
        <input
          type="file"
          className="sr"
          multiple={max > 1}
          accept={accept}
          disabled={isFull}
          onChange={(event) => {
            add([...(event.target.files ?? [])]);
            event.target.value = ''; // the same file may be chosen again
          }}
        />
        <span aria-hidden>＋</span>
        {t('ui.upload.choose', { left: max - items.length })}
      </label>
    </div>
  );
}
