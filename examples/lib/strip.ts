// Copy this too: a TypeScript file as a browser can run it. In a product your bundler does this.

/** The source without its types. Loads sucrase when first asked: a server that starts need not wait. */
export async function strip(source: string): Promise<string> {
  const { transform } = await import('sucrase'); // about 50 ms
  return transform(source, { transforms: ['typescript'], disableESTransforms: true }).code;
}
