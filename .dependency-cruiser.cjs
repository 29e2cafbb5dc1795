/**
 * The floors of `src`: a folder imports only from floors below its own, types included, and no file
 * imports itself by way of others. ARCHITECTURE.md says what each floor holds.
 */
const FLOORS = [
  ['util'],
  ['model'],
  ['record'],
  ['log', 'review'],
  ['study'],
  ['judge'],
  ['ports'],
  ['propose'],
  ['search'],
  ['loop'],
  ['show'],
  ['adapters', 'execution', 'workers'],
  ['hosts'],
];

/** What a floor may not import: its neighbours on the same floor, and every floor above. */
const upward = FLOORS.flatMap((folders, floor) =>
  folders.map((folder) => {
    const closed = FLOORS.slice(floor)
      .flat()
      .filter((other) => other !== folder);
    return {
      name: `floor-${folder}`,
      comment: `src/${folder} imports only from floors below its own (see FLOORS).`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: {
        path: `^src/(${closed.join('|')})/`,
        pathNot: folder === 'workers' ? '^src/execution/protocol' : '^$',
      },
    };
  }),
);

const ADAPTERS = ['files', 'git', 'llm', 'mapping', 'python', 'scripts', 'syntax'];
const HOSTS = ['mcp', 'terminal', 'vscode', 'webview'];

/** Rooms of one floor that never know each other. */
const apart = (floor, rooms) =>
  rooms.map((room) => ({
    name: `${floor}-${room}-alone`,
    comment: `src/${floor}/${room} knows none of its neighbours.`,
    severity: 'error',
    from: { path: `^src/${floor}/${room}/` },
    to: { path: `^src/${floor}/(${rooms.filter((other) => other !== room).join('|')})/` },
  }));

/** What only some rooms may import, and who they are. */
const only = (name, target, rooms, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/(${rooms.join('|')})` },
  to: target,
});

const OUTSIDE = [
  only(
    'no-io',
    { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    [
      'adapters/',
      'execution/',
      'workers/',
      'hosts/(mcp|terminal|vscode)/',
      'compose',
      'cli',
      'extension',
    ],
    'The core and the pages perform no I/O (hashing is none).',
  ),
  only('vscode', { path: '^vscode$' }, ['hosts/vscode/', 'extension'], 'One host knows VS Code.'),
  only('tensorflow', { path: '@tensorflow/' }, ['workers/tfjs/'], 'Only the tfjs worker trains.'),
  only('git', { path: 'simple-git' }, ['adapters/git/'], 'git stands behind AttemptStore.'),
  only(
    'parser',
    { path: 'tree-sitter' },
    ['adapters/syntax/'],
    'Parsing stands behind ModelSyntax.',
  ),
  only('model', { path: 'openai' }, ['adapters/llm/'], 'Models stand behind LanguageModel.'),
  only('agents', { path: '@modelcontextprotocol/' }, ['hosts/mcp/'], 'One host speaks to agents.'),
  only(
    'protocol',
    { path: '^src/execution/protocol' },
    ['execution/', 'workers/'],
    'Only executor and workers speak the protocol.',
  ),
  {
    name: 'pages-know-little',
    comment:
      'Pages know what they are sent, how numbers are written and which of two is better; no more ' +
      'of the core.',
    severity: 'error',
    from: { path: '^src/hosts/webview/' },
    to: {
      path: '^src/',
      pathNot: '^src/(hosts/webview/|show/views/|record/format\\.ts$|study/objective\\.ts$)',
    },
  },
];

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'No file imports itself by way of others, types included.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'roots-are-imported-by-nobody',
      comment:
        'compose.ts, cli.ts and extension.ts put things together and are imported by no room.',
      severity: 'error',
      from: { path: '^src/[^/]+/' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    ...upward,
    ...OUTSIDE,
    ...apart('adapters', ADAPTERS),
    ...apart('hosts', HOSTS),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
