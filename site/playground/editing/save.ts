import { type FolderOptions, folderName, folderOf } from './download.ts';

/** Hands the reader the example's folder as a zip. Loaded when first asked for. */
export async function saveFolder(options: FolderOptions): Promise<void> {
  const zip = await folderOf(options);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(zip);
  link.download = `${folderName(options.example)}.zip`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
