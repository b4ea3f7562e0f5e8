import { Form } from 'antd';
import { useRef } from 'react';
import { uploadShelf } from '../../../api/upload-shelf.ts';
import { FileUpload } from '../../../ui/components/file-upload.tsx';
import { useT } from '../../../ui/i18n.ts';

const FILES_MAX = 20;
const SHOWS = 'image/*,video/*,application/pdf';
type Shown = { ids: string[]; isBusy: boolean; place: string };

function EvidenceInput(props: { label: string; place: string; onChange?: (value: Shown) => void }) {
  const { label, place, onChange } = props;
  const t = useT();
  const now = useRef<Shown>({ ids: [], isBusy: false, place });
  const tell = (change: Partial<Shown>): void => {
    now.current = { ...now.current, ...change, place };
    onChange?.(now.current);
  };
  return (
    <FileUpload
      label={label}
      says={t('case.evidenceSays')}
      place={place}
      purpose="upload"
      accept={SHOWS}
      max={FILES_MAX}
      onChange={(files) => tell({ ids: files.map((file) => file.id) })}
      onBusy={(isBusy) => tell({ isBusy })}
    />
  );
}

/** Pictures, films and papers that show something. `place`: what they are for; what was chosen for it outlives a reload. */
export function EvidenceField({ label, place }: { label: string; place: string }) {
  const t = useT();
  return (
    <Form.Item
      name="files"
      rules={[
        {
          validator: (_, value?: Shown) =>
            value?.isBusy ? Promise.reject(new Error(t('case.evidenceUnderWay'))) : Promise.resolve(),
        },
      ]}
      validateTrigger="onSubmit"
    >
      <EvidenceInput label={label} place={place} />
    </Form.Item>
  );
}
export const evidenceOf = (values: Readonly<Record<string, unknown>>): string[] =>
  (values['files'] as Shown | undefined)?.ids ?? [];
/** They were sent: nothing of them is kept in the browser. */
export const evidenceSent = (values: Readonly<Record<string, unknown>>): void => {
  const shown = values['files'] as Shown | undefined;
  if (shown) void uploadShelf.forget(shown.place);
};
