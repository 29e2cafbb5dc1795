// uPlot formats numbers in the browser's language as it is loaded; under a POSIX locale Chromium's
// own tag (`en-US@posix`) is none that Intl knows.
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' });
}
