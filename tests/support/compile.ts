// What the compiler says of a folder of files whose mistakes are on purpose.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { readRegion } from '../../site/regions.ts';

/** A type error: `said` is the whole message in one line. */
interface TypeError {
  file: string;
  line: number;
  said: string;
}

/** Compiles the files with the options of the project, each of their `@ts-expect-error` taken out. */
export function typeErrors(root: string, files: string[]): TypeError[] {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const names = files.map((file) => join(root, file));
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, target, ...rest) =>
    names.includes(name)
      ? ts.createSourceFile(name, bare(readFileSync(name, 'utf8')), target)
      : getSourceFile.call(host, name, target, ...rest);
  const program = ts.createProgram(names, options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => ({
    file: file ? relative(root, file.fileName) : '',
    line: file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0,
    said: ts.flattenDiagnosticMessageText(messageText, ' '),
  }));
}

const bare = (text: string) => text.replaceAll('@ts-expect-error', '');

/** The errors that a region of a file expects: each on the line below its comment, with its words. */
export function expected(root: string, file: string, region: string): Omit<TypeError, 'file'>[] {
  const { code, line } = readRegion(readFileSync(join(root, file), 'utf8'), region, file);
  return code.split('\n').flatMap((text, index) => {
    const [, said] = /\/\/ @ts-expect-error: (.+)$/.exec(text) ?? [];
    return said ? [{ line: line + index + 1, said }] : [];
  });
}
