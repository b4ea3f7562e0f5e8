import { CameraOutlined } from '@ant-design/icons';
import { Button, Upload } from 'antd';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import { ErrorState } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';

/** A picture, taken with the phone in hand or chosen: the field's value is the file it became. */
export function PhotoField({ value, onChange }: { value?: string; onChange?: (fileId: string | undefined) => void }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const upload = async (file: File) => {
    setBusy(true);
    setError(undefined);
    try {
      const form = new FormData();
      form.append('file', file);
      onChange?.((await client.upload('/files', form)).id);
    } catch (refusal) {
      setError(refusal);
    }
    setBusy(false);
  };
  return (
    <div className="stack tight">
      <Upload
        accept="image/*"
        capture="environment"
        maxCount={1}
        showUploadList={false}
        beforeUpload={(file) => (void upload(file), false)}
      >
        <Button icon={<CameraOutlined />} loading={busy}>
          {t(value ? 'incident.otherPhoto' : 'incident.addPhoto')}
        </Button>
      </Upload>
      {value && <img src={`/api/v1/files/${value}`} alt="" style={{ maxWidth: 160, maxHeight: 120 }} />}
      {error !== undefined && <ErrorState error={error} />}
    </div>
  );
}
