/** The last lines of what a command prints, as it prints them; bounded. */
export class LastLines {
  #text = '';

  push(chunk: Buffer): void {
    this.#text = (this.#text + chunk.toString('utf8')).slice(-MOST_KEPT);
  }

  get lines(): readonly string[] {
    const lines = this.#text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
    return lines.slice(-MOST_LINES).map((line) => line.slice(0, LONGEST));
  }
}

const MOST_KEPT = 16_384;
const MOST_LINES = 20;
const LONGEST = 300;
