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

/** Index of the byte that lies so many units of UTF-16 behind another. */
export function indexAfter(bytes: Uint8Array, from: number, units: number): number {
  let at = from;
  for (let unit = 0; unit < units;) {
    const size = sizeOf(bytes, at);
    at += size;
    unit += size === 4 ? 2 : 1;
  }
  return at;
}

function sizeByLead(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
