// The one table of unicode2latex that is used; the package's own entry brings them all.
export { table as latex2unicode } from "../node_modules/unicode2latex/dist/esm/tables/latex2unicode.js";
