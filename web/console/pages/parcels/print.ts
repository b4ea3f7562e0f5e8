import { client } from '../../../api/instance.ts';

const SHOWN_MS = 60_000; // as long as a reader may take to load what it was given

/** Opens a document of a parcel in a window of its own, where it is printed from. */
export function openDocument(parcelId: string, what: 'label' | 'slip'): void {
  window.open(`/api/v1/parcels/${parcelId}/${what}.pdf`, '_blank', 'noopener');
}

/** Labels of several parcels in one document. The window opens at once: later the browser would take it for an advertisement. */
export async function openLabels(parcelIds: readonly string[]): Promise<void> {
  const shown = window.open('', '_blank');
  try {
    const url = URL.createObjectURL(await client.document('/parcels/labels', { parcelIds }));
    setTimeout(() => URL.revokeObjectURL(url), SHOWN_MS);
    if (shown) shown.location.href = url;
  } catch (error) {
    shown?.close();
    throw error;
  }
}
