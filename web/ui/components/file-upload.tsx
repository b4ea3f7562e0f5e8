import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import {
  startUpload,
  type RunningUpload,
  type StoredFile,
  type UploadPurpose,
  type UploadView,
} from '../../api/uploads.ts';
import { uploadShelf } from '../../api/upload-shelf.ts';
import { useT, type Translate } from '../i18n.ts';
import './file-upload.css';

type Item = {
  key: string;
  name: string;
  size: number;
  preview: string | undefined;
  running: RunningUpload;
  view: UploadView;
  isOfWrongKind: boolean;
};

/** Whether a file is of a kind that is asked for; what does not say what it is, the server looks at. */
function isWanted(file: File, accept: string | undefined): boolean {
  if (accept === undefined || file.type === '') return true;
  return accept
    .split(',')
    .some((kind) => (kind.endsWith('/*') ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind));
}

/** Of a file that is not sent at all. */
const REFUSED: RunningUpload = {
  pause: () => undefined,
  resume: () => undefined,
  cancel: () => undefined,
  view: () => ({ state: 'failed', sent: 0 }),
};

function says({ view, isOfWrongKind }: Item, size: string, t: Translate): string {
  if (isOfWrongKind) return t('ui.upload.wrongKind');
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
          {says(item, `${inMb(view.sent)} / ${inMb(size)} MB`, t)}
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
  /** What the files are for: after a reload those chosen for it go on, until `uploadShelf.forget` is told that it was sent. */
  place: string;
  purpose?: UploadPurpose;
  /** As the `accept` of a file field; null: whatever the server takes. */
  accept?: string | null;
  max: number;
  onChange: (files: StoredFile[]) => void;
  /** Told while something is still on its way: what is sent before would lack it. */
  onBusy?: (busy: boolean) => void;
};

const isUnderWay = ({ view }: Item): boolean => view.state !== 'done' && view.state !== 'failed';

/** The files chosen, and how far each has come. What is begun when the page goes is taken up again. */
function useUploads(props: FileUploadProps & { purpose: UploadPurpose; accept: string | null }) {
  const { place, purpose, accept, max } = props;
  const [items, setItems] = useState<Item[]>([]);
  const latest = useRef<Item[]>([]);
  const told = useRef(props);
  useEffect(() => {
    told.current = props;
  });
  const set = (next: Item[]): void => {
    latest.current = next;
    setItems(next);
    told.current.onChange(next.flatMap((i) => (i.view.file ? [i.view.file] : [])));
    told.current.onBusy?.(next.some(isUnderWay));
  };
  const begin = (file: File, key: string, known?: string): Item => {
    const isOfWrongKind = !isWanted(file, accept ?? undefined);
    const entry = { key, place, file, purpose };
    const running = isOfWrongKind
      ? REFUSED
      : startUpload(
          file,
          purpose,
          (view) => {
            if (view.state === 'failed') void uploadShelf.drop(key);
            set(latest.current.map((i) => (i.key === key ? { ...i, view } : i)));
          },
          { known, onBegun: (uploadId) => void uploadShelf.put({ ...entry, uploadId }) },
        );
    const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined;
    return { key, name: file.name, size: file.size, preview, running, view: running.view(), isOfWrongKind };
  };
  const takeUp = useEffectEvent((shelved: Awaited<ReturnType<typeof uploadShelf.of>>) => {
    const mine = new Set(latest.current.map((i) => i.key));
    const left = shelved.filter((s) => !mine.has(s.key)).slice(0, max - latest.current.length);
    if (left.length > 0) set([...latest.current, ...left.map((s) => begin(s.file, s.key, s.uploadId))]);
  });
  useEffect(() => {
    let isGone = false;
    void uploadShelf.of(place).then((shelved) => isGone || takeUp(shelved));
    return () => {
      isGone = true;
      for (const item of latest.current) {
        item.running.pause();
        if (item.preview) URL.revokeObjectURL(item.preview);
      }
      latest.current = [];
    };
  }, [place]);
  return {
    items,
    add: (files: readonly File[]): void => {
      const room = files.slice(0, max - latest.current.length);
      const now = Date.now();
      set([
        ...latest.current,
        ...room.map((file, n) => begin(file, `${now}-${String(n).padStart(3, '0')}-${file.name}`)),
      ]);
    },
    remove: (item: Item): void => {
      item.running.cancel();
      void uploadShelf.drop(item.key);
      if (item.preview) URL.revokeObjectURL(item.preview);
      set(latest.current.filter((i) => i.key !== item.key));
    },
  };
}

const SHOWN = 'image/*,video/*';

/** Files sent in pieces, with their progress; a lost connection is waited for, a reload taken up, and nothing is sent twice. */
export function FileUpload(props: FileUploadProps) {
  const { label, says: hint, purpose = 'evidence', accept = SHOWN, max } = props;
  const t = useT();
  const id = useId();
  const { items, add, remove } = useUploads({ ...props, purpose, accept });
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
          accept={accept ?? undefined}
          disabled={isFull}
          onChange={(event) => {
            add([...(event.target.files ?? [])]);
            event.target.value = ''; // the same file may be chosen again
          }}
        />
        <span aria-hidden>＋</span>
        {t(accept === SHOWN ? 'ui.upload.choose' : 'ui.upload.chooseFiles', { left: max - items.length })}
      </label>
    </div>
  );
}
