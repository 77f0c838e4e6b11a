/** Facts about the whole program. */
export interface ProgramFacts {
  readonly closedWorld: boolean;
}
