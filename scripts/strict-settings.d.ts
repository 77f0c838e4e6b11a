/** See strict-settings.js. */
export function strictSettings(root: string, more?: object): { readonly compilerOptions: object };
