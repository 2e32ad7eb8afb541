/* What the build puts in front of moved.js: the page of each anchor that moved. */
declare const nnMoved: Record<string, string>;
