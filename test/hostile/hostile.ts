/** A variant that means harm, and the kind of harm. */
export interface Hostile {
  readonly group:
    | 'read'
    | 'write'
    | 'spawn'
    | 'network'
    | 'signal'
    | 'resource'
    | 'memorise'
    | 'forge'
    | 'poison';
  readonly title: string;
  /** Source of the model file; places of the trap stand in braces. */
  readonly text: string;
}
