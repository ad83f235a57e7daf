// esbuild puts the styles that are imported into one file beside the script.
declare module '*.css';
