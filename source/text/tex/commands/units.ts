import { inUnicode } from "../scripts.js";

/** siunitx's prefixes and units, with their symbols. */
const signs = new Map(
  `quecto q ronto r yocto y zepto z atto a femto f pico p nano n micro μ milli m centi c deci d deca da hecto h
kilo k mega M giga G tera T peta P exa E zetta Z yotta Y kibi Ki mebi Mi gibi Gi tebi Ti metre m meter m
gram g second s ampere A kelvin K mole mol candela cd hertz Hz newton N pascal Pa joule J watt W coulomb C
volt V farad F ohm Ω siemens S weber Wb tesla T henry H celsius °C degreeCelsius °C lumen lm lux lx
becquerel Bq gray Gy sievert Sv katal kat minute min hour h day d degree ° arcminute ′ arcsecond ″ litre L
liter L tonne t electronvolt eV dalton Da bel B decibel dB percent % byte B bit bit parsec pc astronomicalunit au
angstrom Å nm nm um μm mm mm cm cm km km kg kg mg mg ms ms ns ns fs fs eV eV keV keV MeV MeV GeV GeV TeV TeV
Hz Hz kHz kHz MHz MHz GHz GHz`
    .split(/\s+/)
    .reduce<[string, string][]>((pairs, word, at, words) => {
      if (at % 2 === 0) pairs.push([word, words[at + 1] ?? ""]);
      return pairs;
    }, []),
);
const prefixes =
  /^(?:[quz]?ecto|.*(?:octo|epto|onto)|atto|femto|pico|nano|micro|milli|centi|deci|deca|hecto|kilo|mega|giga|tera|peta|exa|.*etta|.*otta|.*ibi)$/;
const longest = 400;

/** A unit of siunitx: `\kilo\metre\per\second` is km/s, `kg.m^{-3}` is kg m⁻³. */
export function unit(source: string): string {
  if (source.length > longest) return source;
  let text = "";
  let isFirst = true;
  let divides = "";
  for (const [, name, sign] of source.matchAll(/\\([A-Za-z]+)\s*|([^\\]+)/g)) {
    if (name === undefined) {
      text += plainUnit(sign ?? "");
      isFirst = false;
    } else if (name === "per") divides = "/";
    else if (name === "squared") text += "²";
    else if (name === "cubed") text += "³";
    else {
      const written = signs.get(name) ?? name;
      text += divides || (isFirst ? "" : " ");
      text += written;
      divides = "";
      isFirst = prefixes.test(name);
    }
  }
  return text.replace(/^\//, "1/").replace(/ (?=[²³])/g, "");
}

function plainUnit(text: string): string {
  return text
    .replace(/\^\{([^{}]*)\}|\^(-?\d)/g, (_, group?: string, one?: string) => {
      const exponent = group ?? one ?? "";
      return inUnicode(exponent, "^") ?? `^${exponent}`;
    })
    .replace(/[.~]/g, " ")
    .replace(/[{}$]/g, "");
}

/** A number of siunitx: `1.5e-3` is 1.5×10⁻³, `5 +- 1` is 5±1. */
export function number(source: string): string {
  if (source.length > longest) return source;
  return source
    .replace(/\\pm|\+-/g, "±")
    .replace(/\\times|x(?=\s*\d)/g, "×")
    .replace(/\s+/g, "")
    .replace(/[eE]([+-]?\d+)/g, (_, power: string) => `×10${inUnicode(power.replace("+", ""), "^")}`)
    .replace(/^×10/, "10")
    .replace(/[{}$\\]/g, "");
}
