/** A whole phone number is looked up by its exact index; anything else is text (order number, name, external number). */
export function searchKind(text: string): 'phone' | 'q' {
  const digits = text.replace(/[\s-]/g, '');
  return /^(?:\+?86)?1[3-9]\d{9}$/.test(digits) || /^\+\d{7,15}$/.test(digits) ? 'phone' : 'q';
}
