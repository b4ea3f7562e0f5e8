import { PaperClipOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Upload } from 'antd';
import { useState } from 'react';
import { client } from '../../../api/instance.ts';
import { ErrorState } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';

/** Files as evidence: the field's value is what they became. */
export function EvidenceField({ value = [], onChange }: { value?: string[]; onChange?: (ids: string[]) => void }) {
  const t = useT();
  const [error, setError] = useState<unknown>();
  const upload = async (file: File) => {
    setError(undefined);
    try {
      const form = new FormData();
      form.append('file', file);
      onChange?.([...value, (await client.upload('/files', form)).id]);
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <div className="stack tight">
      <Upload maxCount={10} showUploadList={false} beforeUpload={(file) => (void upload(file), false)}>
        <Button icon={<UploadOutlined />}>{t('recon.addFile')}</Button>
      </Upload>
      {value.map((id, i) => (
        <a key={id} href={`/api/v1/files/${id}`}>
          <PaperClipOutlined /> {t('recon.file', { n: i + 1 })}
        </a>
      ))}
      {error !== undefined && <ErrorState error={error} />}
    </div>
  );
}
