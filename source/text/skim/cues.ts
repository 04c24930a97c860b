/** What a sentence of an abstract says: what was done, what came out, how much, or where the code is. */
export type SkimLabel = "did" | "result" | "numbers" | "code";

/** A phrase that speaks for a label, and how much. */
interface Cue {
  readonly phrase: RegExp;
  readonly score: number;
}

const who =
  /\b(?:we|i|(?:this|the|our) (?:present |current )?(?:paper|work|study|article|letter|thesis|report|survey|review|preprint|pre-print|research|tutorial|position paper|dissertation|project))\b/
    .source;
const between =
  /(?:,? (?:\w+ly|also|then|first|thus|here|further|next|now|therefore|hence|instead|aim to|seek to|attempt to|set out to|in this \w+,?))*/
    .source;
const making =
  /(?:propos|introduc|present|develop|describ|creat|construct|design|build|formaliz|formalis|formulat|devis|releas|implement|invent|unveil|launch|deriv|pioneer|reformulat|recast|unif(?:y|ies))/
    .source;
const studying =
  /(?:offer|provid|contribut|establish|chart|experiment|stud(?:y|ies|ied)|investigat|explor|examin|analy[sz]|evaluat|benchmark|revisit|address|tackl|argu|advocat|extend|conduct|collect|curat|perform|survey|review|identif|compar|consider|ask|challeng|adopt|tak(?:e|es) a|treat|prov(?:e|es)|characteri|apply|applies|adapt|leverag|report|outlin|quantif|bridg|focus|train|use|hypothesi[sz]|test|measur|assess|systemati[sz]|demonstrat|show|find|rethink|optimi[sz]|lay|detail|simulat|model|infer|estimat|discuss|highlight|mov(?:e|es))/
    .source;

/** For what was done. */
const did: readonly Cue[] = [
  { phrase: /\b(?:we|i) [a-z]/i, score: 1 },
  { phrase: new RegExp(`${who}${between} ${making}`, "i"), score: 6 },
  { phrase: new RegExp(`${who}${between} ${studying}`, "i"), score: 3 },
  {
    phrase:
      /\bin (?:this|the present) (?:paper|work|study|article|letter|report|survey|review|research|thesis|tutorial)\b/i,
    score: 3,
  },
  { phrase: /\b(?:this|the present|our) (?:paper|work|study|article|survey|research|thesis)\b/i, score: 1 },
  {
    phrase:
      /^(?:to (?:address|tackle|overcome|bridge|fill|close|solve|mitigate|resolve|remedy|this end|achieve this|meet)|towards? (?:this|filling|that)|motivated by|inspired by|here,? we)\b/i,
    score: 2,
  },
  {
    phrase:
      /\b(?:is|are|was|were|been) (?:\w+ly )?(?:proposed|introduced|presented|developed|described|investigated|studied)\b/i,
    score: 3,
  },
  { phrase: /\b(?:a|an) (?:\S+ ){0,3}?(?:novel|new|first)\b|\bthe first\b|\bnovel\b/i, score: 1 },
  {
    phrase:
      /\b(?:framework|method|approach|model|algorithm|dataset|data set|corpus|benchmark|system|architecture|pipeline|technique|strategy|paradigm|toolkit|library|theory|mechanism|suite|agent)\b/i,
    score: 1,
  },
  { phrase: /,? ?(?:named|called|termed|dubbed|coined) \S/i, score: 1 },
  {
    phrase: /\b(?:goal|aim|purpose|objective|focus|subject) of (?:this|our|the present) \w+ (?:is|was)\b/i,
    score: 4,
  },
  { phrase: /^\(?(?:\d|[ivx]{1,3}|[a-d])[).]/i, score: -2 },
  // What goes into detail, or comes on top.
  {
    phrase:
      /^(?:specifically|concretely|in particular|additionally|furthermore|moreover|in addition|further|besides|finally|second|secondly|third|also|then|next|lastly|as a case study)\b/i,
    score: -2,
  },
  { phrase: /\bwe (?:also|further|additionally|furthermore|then|finally)\b/i, score: -2 },
  { phrase: /\b(?:future work|we hope|we believe|we plan|will be)\b/i, score: -3 },
  {
    phrase:
      /\b(?:prior|previous|earlier|existing|recent|traditional|conventional|current|most) (?:\S+ ){0,2}(?:work|works|methods|approaches|studies|models|research|techniques|systems|efforts|benchmarks|literature)\b/i,
    score: -1,
  },
  {
    phrase:
      /\b(?:remains?|poorly understood|challenging|crucial|critical role|has emerged|have emerged|lack of|underexplored)\b/i,
    score: -1,
  },
];

/** For what came out. */
const result: readonly Cue[] = [
  {
    phrase:
      /\b(?:results?|experiments?|evaluations?|analys[ei]s|simulations?|findings?|studies|benchmarks?|ablations?)\b[^.]{0,80}\b(?:show|demonstrat|indicat|suggest|reveal|confirm|validat|verif|establish|highlight|yield|illustrat|prove)/i,
    score: 4,
  },
  {
    phrase:
      /\bwe (?:\w+ly |also |further |then )*(?:find|found|show|observe|demonstrate|discover|reveal|prove|uncover|establish|confirm|conclude)\b/i,
    score: 4,
  },
  { phrase: /\b(?:outperform|surpass|exceed|beat)\w*/i, score: 3 },
  { phrase: /\bstate[- ]of[- ]the[- ]art|\bSOTA\b/i, score: 2 },
  {
    phrase:
      /\b(?:achiev|attain|improv|reduc|increas|reach|obtain|yield|gain|boost|enhanc|match|deliver|speed|accelerat)\w*/i,
    score: 2,
  },
  { phrase: /\b(?:notably|surprisingly|remarkably|crucially|importantly)\b/i, score: 1 },
  {
    phrase:
      /\b(?:significant|substantial|consistent|superior|competitive|comparable|effective|efficacy|robust)\w*/i,
    score: 1,
  },
  {
    phrase:
      /\b(?:evaluated on|experiments on|tested on|across (?:\S+ ){0,3}(?:benchmarks|datasets|tasks|models))\b/i,
    score: 1,
  },
  {
    phrase:
      /\b(?:existing|current|previous|prior|recent|conventional|traditional) (?:\S+ ){0,2}(?:methods|approaches|works?|models|techniques|studies|systems)\b/i,
    score: -1,
  },
  {
    phrase:
      /^(?:however|but|while|although|despite|recent|recently|existing|current|previous|prior|unfortunately)\b/i,
    score: -3,
  },
  {
    phrase:
      /\b(?:these|our) (?:results|findings) (?:highlight|suggest|provide|offer|underscore|underline|open|point)|\b(?:we hope|paves? the way|future)\b/i,
    score: -2,
  },
];

/** How much a result is, in numbers. */
const amounts =
  /\d(?:[\d.,]*\d)? ?(?:%|\\%|×|x\b|\\times|\$?\\times|times\b|-?fold\b|percent\b|percentage points?|points?\b|pp\b|p\.p\.|dB\b|BLEU|FPS|F1|ms\b|mm\b|hours?\b)|\+ ?\d|\b(?:by|of|to|from|is|at|than|p [<=]|=) (?:up to |about |over |only |approximately |nearly )?\$?\d+\.\d|\{(?:times|sim)\} ?\d|\{times\}/i;

/** Where the code is. */
const code: readonly Cue[] = [
  {
    phrase: /https?:\/\/\S*(?:github|gitlab|bitbucket|huggingface|zenodo|codeberg|github\.io|anonymous)\S*/i,
    score: 4,
  },
  { phrase: /\b(?:project|home|web|demo) ?(?:page|site|website)\b|\bwebsite\b/i, score: 3 },
  {
    phrase:
      /\b(?:codes?|data|datasets?|models?|checkpoints|weights|benchmark|implementation|demos?|package|library|resources|materials|software|toolkit|scripts|annotations)\b[^.]{0,90}\b(?:available|released?|open[- ]?sourced?|found at|accessible|public)/i,
    score: 4,
  },
  {
    phrase:
      /\bwe (?:\w+ly |will |also |plan to |have |further )*(?:release|open[- ]?source|share|publish|make)\b[^.]{0,90}\b(?:codes?|data|datasets?|models?|checkpoints|weights|available|publicly|benchmark|resources|project|implementation)/i,
    score: 4,
  },
  { phrase: /\bopen[- ]?sourced?\b/i, score: 1 },
  { phrase: /https?:\/\//i, score: 2 },
];

/** What speaks for each label in a sentence; a number label needs a result too. */
export interface Scores {
  readonly did: number;
  readonly result: number;
  readonly numbers: number;
  readonly code: number;
}

/** How much each label fits a sentence; 0 or less: not at all. */
export function scoresOf(sentence: string): Scores {
  const came = total(result, sentence);
  const hasAmount = amounts.test(sentence);
  return {
    did: total(did, sentence),
    result: came,
    numbers: hasAmount && came > 0 ? came + 3 : 0,
    code: total(code, sentence) >= 3 ? total(code, sentence) : 0,
  };
}

function total(cues: readonly Cue[], sentence: string): number {
  let score = 0;
  for (const cue of cues) if (cue.phrase.test(sentence)) score += cue.score;
  return score;
}
