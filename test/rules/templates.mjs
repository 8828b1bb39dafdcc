#!/usr/bin/env node
// Every template of the pages: each tag, attribute, property and event that is bound must be known, and of its type.
// Part of `npm run check`. templates.mjs [<folder with a tsconfig.json>…]
import { dirname, relative, resolve } from 'node:path';
import { DefaultLitAnalyzerContext, LitAnalyzer, makeConfig } from '@jackolope/lit-analyzer';
import { getLibFiles, ts } from '@ts-morph/common';

const PAGES = ['coordinator/pages', 'terminal/screen'];
/** Where TypeScript's own declarations stand, which come with the module and lie in no folder. */
const LIB = '/lib/';
const libraries = new Map(getLibFiles().map(({ fileName, text }) => [`${LIB}${fileName}`, text]));

/** The pages of all folders as one program, with the options of the first: they import each other's parts. */
function programOf(folders) {
  const configs = folders.map((folder) => {
    const file = resolve(folder, 'tsconfig.json');
    return ts.parseJsonConfigFileContent(
      ts.readConfigFile(file, ts.sys.readFile).config,
      ts.sys,
      dirname(file),
    );
  });
  const { options } = configs[0];
  const fileNames = [...new Set(configs.flatMap((config) => config.fileNames))];
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.getDefaultLibLocation = () => LIB;
  host.getDefaultLibFileName = () => `${LIB}${ts.getDefaultLibFileName(options)}`;
  host.fileExists = (name) => libraries.has(name) || fileExists(name);
  host.readFile = (name) => libraries.get(name) ?? readFile(name);
  return { program: ts.createProgram(fileNames, options, host), fileNames };
}

let count = 0;
const broken = [];
const { program, fileNames } = programOf(process.argv.length > 2 ? process.argv.slice(2) : PAGES);
const context = new DefaultLitAnalyzerContext({ ts, getProgram: () => program });
context.updateConfig(makeConfig({ strict: true, logging: 'off' }));
const analyzer = new LitAnalyzer(context);
for (const name of fileNames) {
  const source = program.getSourceFile(name);
  if (!source || source.isDeclarationFile) continue;
  count += 1;
  for (const { message, location, source: rule } of analyzer.getDiagnosticsInFile(source)) {
    const { line } = source.getLineAndCharacterOfPosition(location.start);
    broken.push(`${relative('.', name)}:${line + 1}: ${message} (${rule})`);
  }
}
for (const sentence of broken) process.stderr.write(`${sentence}\n`);
process.stdout.write(`${count} files of pages, ${broken.length} broken bindings\n`);
process.exitCode = broken.length > 0 || count === 0 ? 1 : 0;
