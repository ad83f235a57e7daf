import { buildPage } from './buildPage.ts';

const { compressedBytes } = await buildPage();
process.stdout.write(`page: ${(compressedBytes / 1000).toFixed(1)} KB compressed\n`);
