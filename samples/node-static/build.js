import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { marked } from 'marked';

await mkdir('dist', { recursive: true });

for (const page of await readdir('pages')) {
  const name = page.replace(/\.md$/, '.html');
  const body = marked.parse(await readFile(`pages/${page}`, 'utf8'));
  await writeFile(`dist/${name}`, `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>node-static</title>\n${body}</html>\n`);
  console.log(`made ${name}`);
}
