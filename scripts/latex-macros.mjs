// The only table of unicode2latex in use; the package's entry imports them all.
export { table as latex2unicode } from "../node_modules/unicode2latex/dist/esm/tables/latex2unicode.js";
