import type { Format } from "../../format.js";
import { collection } from "./collection.js";
import { hal } from "./hal.js";
import { lens } from "./lens.js";
import { mathSciNet } from "./mathscinet.js";
import { orcid } from "./orcid.js";
import { osf } from "./osf.js";
import { zbMath } from "./zbmath.js";

/** Lists of a person's, an archive's or a collection's papers, as their services give them in JSON. */
export const archiveFormats: readonly Format[] = [orcid, osf, hal, lens, collection, zbMath, mathSciNet];
