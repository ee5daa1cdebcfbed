// node:os, for those who ask for the line end or the number of cores.
export const EOL = '\n';
export const platform = () => 'linux';
export const type = () => 'Linux';
export const release = () => '';
export const hostname = () => 'tab';
export const tmpdir = () => '/tmp';
export const cpus = () => [];
