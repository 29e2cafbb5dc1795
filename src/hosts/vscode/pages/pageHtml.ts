import { randomBytes } from 'node:crypto';

/** What a page is put together from: where its files come from, and their addresses. */
export type PageParts = Readonly<Record<'title' | 'source' | 'script' | 'style', string>>;

/** The document of a page: one script and one style sheet, and leave to load nothing else. */
export function pageHtml({ title, source, script, style }: PageParts): string {
  const nonce = randomBytes(16).toString('base64');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';
  script-src 'nonce-${nonce}'; style-src ${source}; font-src ${source};">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<main id="root" aria-label="${title}"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
