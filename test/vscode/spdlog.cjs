'use strict';
/** Stands in for VS Code's native log writer, which would have to be compiled: without it VS Code keeps no log files at all. */
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  #path;
  #level = 2;
  #isPlain = false;

  constructor(path) {
    this.#path = path;
    for (const [index, level] of LEVELS.entries())
      this[level] = (text) => {
        this.#write(index, text);
      };
  }

  setLevel(level) {
    this.#level = level;
  }
  getLevel() {
    return this.#level;
  }
  setPattern() {
    this.#isPlain = false;
  }
  clearFormatters() {
    this.#isPlain = true;
  }
  flush() {}
  drop() {}

  #write(level, text) {
    if (level < this.#level) return;
    appendFileSync(
      this.#path,
      this.#isPlain ? text : `${new Date().toISOString()} [${LEVELS[level]}] ${text}\n`,
    );
  }
}

async function createLogger(_name, path) {
  mkdirSync(dirname(path), { recursive: true });
  return new Logger(path);
}

exports.version = 1;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
