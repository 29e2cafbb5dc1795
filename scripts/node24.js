// Runs a TypeScript script of this folder with the Node the project brings: plain JavaScript, so that any Node from 20 on can read it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [name, ...args] = process.argv.slice(2);
const script = fileURLToPath(new URL(name, import.meta.url));
const own = fileURLToPath(
  new URL(
    `../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`,
    import.meta.url,
  ),
);

if (Number(process.versions.node.split('.')[0]) >= 24) {
  process.argv.splice(1, 2, script);
  await import(new URL(name, import.meta.url).href);
} else if (existsSync(own)) {
  process.exitCode = spawnSync(own, [script, ...args], { stdio: 'inherit' }).status ?? 1;
} else {
  console.error(
    `This is Node ${process.versions.node}; Node 24 was expected at ${own}. Run \`npm ci\` (without --ignore-scripts), or \`npm rebuild node\`.`,
  );
  process.exitCode = 1;
}
