/** A message with the bytes behind it. */
interface Delivered<Message> {
  readonly message: Message;
  readonly bytes: Uint8Array;
}

/** Messages of one conversation at a time, in their order, for whoever waits for them. */
export class Inbox<Message extends { readonly id: string }> {
  #id: string | null = null;
  #waiting: ((delivered: Delivered<Message>) => void) | null = null;
  #arrived: Delivered<Message>[] = [];

  /** Begins a conversation; what belongs to another one is dropped. */
  open(id: string): void {
    this.#id = id;
    this.#arrived = [];
    this.#waiting = null;
  }

  put(message: Message, bytes: Uint8Array): void {
    if (message.id !== this.#id) return;
    const delivered = { message, bytes };
    if (this.#waiting) this.#waiting(delivered);
    else this.#arrived.push(delivered);
    this.#waiting = null;
  }

  next(): Promise<Delivered<Message>> {
    const first = this.#arrived.shift();
    if (first) return Promise.resolve(first);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }
}
