/** One function for each kind of node. Used by `scopes.ts` and `scope-expressions.ts`. */
export type Visitors<N extends { readonly kind: string }> = {
  readonly [K in N["kind"]]: (node: Extract<N, { kind: K }>) => void;
};
