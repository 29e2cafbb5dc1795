/** What a terminal, a page or git could take for more than words. */
export const TEXTS: readonly string[] = [
  '\u001b[2J\u001b[1;1H',
  '\u001b]0;another title\u0007',
  '\u001b]52;c;cm0gLXJmIH4=\u0007',
  '\u001b]8;;file:///etc/passwd\u001b\\link\u001b]8;;\u001b\\',
  '\u001bP+q544e\u001b\\',
  '\u001b[?1049h\u001b[8m',
  '\u009b31m\u009d0;x\u009c',
  'gone\u0008\u0008\u0008\u0008',
  'better\rworse',
  '\u007f\u0000\u0007\u000c',
  'abc\u202edcba\u2066x\u2069',
  '<script>fetch("http://127.0.0.1")</script><img src=x onerror=alert(1)>',
  '[link](command:workbench.action.terminal.new) ![x](http://127.0.0.1/x)',
  '=cmd|"/c calc"!A1',
  '$(touch /tmp/x) `id`; rm -rf ~',
  'Cortex-Verdict: better',
];
