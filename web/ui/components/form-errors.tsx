import { Alert, type FormInstance } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { placeErrors, type FieldName } from '../../api/field-errors.ts';
import { ApiProblem, type FieldError } from '../../api/problem.ts';
import { useT } from '../i18n.ts';
import { useErrorTitle } from './states.tsx';

type Known = { name: FieldName };

/** Every field the form draws now, also those inside lists. */
function fieldsOf(form: FormInstance): FieldName[] {
  return (form.getFieldsError() as unknown as Known[]).map(({ name }) => name);
}

/**
 * Puts a refusal where it belongs: each message beside its field, the first of them scrolled into view, and what has no
 * field listed here with the title.
 */
export function FormErrors(props: { form: FormInstance; error: unknown; rename?: (name: FieldName) => FieldName }) {
  const { form, error, rename } = props;
  const t = useT();
  const title = useErrorTitle();
  const box = useRef<HTMLDivElement>(null);
  const [rest, setRest] = useState<FieldError[]>([]);
  useEffect(() => {
    if (!(error instanceof ApiProblem)) {
      setRest([]);
      return;
    }
    const placed = placeErrors(error.errors, fieldsOf(form), rename);
    form.setFields(placed.fields as Parameters<FormInstance['setFields']>[0]);
    setRest(placed.rest);
    const first = placed.fields[0];
    if (first) form.scrollToField(first.name, { block: 'center' });
    else box.current?.scrollIntoView({ block: 'center' });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only a new refusal places errors; `rename` is written in place by callers
  }, [error, form]);
  if (!error) return <div ref={box} />;
  const problem = error instanceof ApiProblem ? error : undefined;
  return (
    <div ref={box}>
      <Alert
        type="error"
        showIcon
        role="alert"
        style={{ marginBottom: 16 }}
        title={title(error)}
        description={
          <>
            {problem?.status === 412 ? t('ui.error.stale') : problem?.detail}
            {rest.length > 0 && (
              <ul style={{ margin: 0, paddingInlineStart: 18 }}>
                {rest.map((entry) => (
                  <li key={`${entry.path} ${entry.code}`} className="wrap">
                    {entry.message} {entry.path && <span className="mono muted">{entry.path}</span>}
                  </li>
                ))}
              </ul>
            )}
          </>
        }
      />
    </div>
  );
}
