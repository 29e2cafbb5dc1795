/**
 * A text without the key, and without anything that looks like one: servers repeat keys, whole or
 * in part, in what they answer.
 */
export function redact(text: string, key: string | null): string {
  const own = key === null || key.length < 4 ? text : text.replaceAll(key, '[key]');
  return own
    .replaceAll(/\bsk-[\w*.-]{6,}/g, '[key]')
    .replaceAll(/\bBearer\s+[\w.~+/*-]{8,}=*/gi, 'Bearer [key]');
}
