/**
 * Bytes of the character that begins at an index; one that is cut or no UTF-8 ends before what does
 * not belong to it.
 */
export function sizeOf(bytes: Uint8Array, at: number): number {
  const whole = sizeByLead(bytes[at] ?? 0);
  let size = 1;
  while (size < whole && ((bytes[at + size] ?? 0) & 0xc0) === 0x80) size += 1;
  return size;
}

function sizeByLead(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
