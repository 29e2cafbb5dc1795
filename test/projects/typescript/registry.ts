export class Registry {
  static readonly names: string[] = [];

  static register<T extends abstract new (...args: never[]) => object>(value: T, _context: ClassDecoratorContext): T {
    Registry.names.push(value.name);
    return value;
  }
}
