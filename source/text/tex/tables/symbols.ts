/**
 * The spacing of a symbol: an `infix` is between two terms, with equal space on both sides; a `comparison` too,
 * but it may also begin a formula (`∼5`); a `big` operator and the `name` of a function are separated from the
 * next letter; a `letter` and any other `sign` have no spacing.
 */
export type SymbolKind = "sign" | "letter" | "infix" | "comparison" | "big" | "name";

export interface TexSymbol {
  readonly text: string;
  readonly kind: SymbolKind;
}

/** Names and symbols, alternating: those of LaTeX, amssymb, stmaryrd, and common definitions of papers. */
const greek = `alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ
iota ι kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ
varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω digamma ϝ
Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varPhi Φ varPsi Ψ varOmega Ω
eps ε veps ε vphi φ upalpha α upbeta β upgamma γ updelta δ upmu μ uppi π upsigma σ uptau τ
textalpha α textbeta β textgamma γ textdelta δ textlambda λ textsigma σ textomega ω textOmega Ω
textmugreek μ micro µ muup μ`;

const signs = `infty ∞ partial ∂ nabla ∇ forall ∀ exists ∃ nexists ∄ emptyset ∅ varnothing ∅ ell ℓ hbar ℏ
hslash ℏ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ gimel ℷ daleth ℸ mho ℧ complement ∁ degree °
dagger † ddagger ‡ dag † ddag ‡ textdagger † S § P ¶ copyright © textcopyright © textregistered ® registered ®
texttrademark ™ trademark ™ pounds £ textsterling £ euro € texteuro € EUR € yen ¥ textyen ¥ cent ¢
textdollar $ checkmark ✓ cmark ✓ ding ✓ xmark ✗ star ⋆ bigstar ★ bullet • textbullet • prime ′
backprime ‵ angle ∠ measuredangle ∡ sphericalangle ∢ triangle △ bigtriangleup △ vartriangle △
triangledown ▽ bigtriangledown ▽ blacktriangle ▲ blacktriangledown ▼ square □ Box □ blacksquare ■ qed ∎
Diamond ◇ diamondsuit ♢ lozenge ◊ blacklozenge ⧫ heartsuit ♡ clubsuit ♣ spadesuit ♠ natural ♮ sharp ♯
flat ♭ top ⊤ bot ⊥ ldots … cdots ⋯ vdots ⋮ ddots ⋱ dots … dotsc … dotsb ⋯ dotsm ⋯ dotsi ⋯ dotso …
textellipsis … neg ¬ lnot ¬ imath ı jmath ȷ eth ð Finv Ⅎ Game ⅁ Bbbk 𝕜 surd √ diagup ╱ diagdown ╲
langle ⟨ rangle ⟩ lang ⟨ rang ⟩ llangle ⟪ rrangle ⟫ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ lbrace { rbrace }
lbrack [ rbrack ] lparen ( rparen ) vert | Vert ‖ lvert | rvert | lVert ‖ rVert ‖ ulcorner ⌜ urcorner ⌝
llcorner ⌞ lrcorner ⌟ llbracket ⟦ rrbracket ⟧ lgroup ⟮ rgroup ⟯ backslash \\ textbackslash \\
uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ lq ‘ rq ’
textquoteright ’ textquotedblright ” textquotesingle ' textquotedbl "
textasciitilde ~ textasciicircum ^ textunderscore _ textbar | textless < textgreater > textemdash —
textendash – Dash — slash / textonehalf ½ textonequarter ¼ guillemotright »
guilsinglright › textasteriskcentered * textperthousand ‰ permil ‰
textminus − textvisiblespace ␣ sun ☉ Sun ☉ Earth ♁ astrosun ☉ female ♀ male ♂ smiley ☺ frownie ☹
arcdeg ° arcmin ′ arcsec ″ farcs ″ farcm ′ fdg ° micron μm mum μm muas μas muJy μJy sq □ ohm Ω celsius °C
angstrom Å AA Å Angstrom Å R ℝ Q ℚ Z ℤ N ℕ C ℂ E 𝔼 F 𝔽 RR ℝ QQ ℚ ZZ ℤ NN ℕ CC ℂ EE 𝔼 FF 𝔽 PP ℙ reals ℝ
integers ℤ Reals ℝ naturals ℕ Natural ℕ Real ℝ Complex ℂ C ℂ H ℍ one 𝟙 indicator 𝟙
Msun M⊙ msun M⊙ Rsun R⊙ rsun R⊙ Lsun L⊙ lsun L⊙ Zsun Z⊙ solarmass M⊙ Mjup M_Jup Mearth M⊕ Rearth R⊕
kms km/s kmps km/s LCDM ΛCDM lcdm ΛCDM`;

const infixes = `times × cdot · cdotp · centerdot · div ÷ ast ∗ circ ∘ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘
odot ⊙ boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ Cap ⋒ Cup ⋓ vee ∨
wedge ∧ lor ∨ land ∧ veebar ⊻ barwedge ⊼ setminus ∖ smallsetminus ∖ wr ≀ diamond ⋄ amalg ⨿ ltimes ⋉ rtimes ⋊
bowtie ⋈ Join ⋈ intercal ⊺ dotplus ∔ divideontimes ⋇ leftthreetimes ⋋ rightthreetimes ⋌ bigcirc ◯
triangleleft ◁ triangleright ▷ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵ circledast ⊛ circledcirc ⊚ circleddash ⊝
in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈
nsupseteq ⊉ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ Subset ⋐ Supset ⋑ mid | nmid ∤ parallel ∥
nparallel ∦ perp ⊥ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ Vdash ⊩ nvdash ⊬ nvDash ⊭ to → rightarrow →
longrightarrow ⟶ Rightarrow ⇒ Longrightarrow ⟹ leftarrow ← longleftarrow ⟵ gets ← Leftarrow ⇐
Longleftarrow ⟸ leftrightarrow ↔ longleftrightarrow ⟷ Leftrightarrow ⇔ Longleftrightarrow ⟺ iff ⇔
implies ⇒ impliedby ⇐ mapsto ↦ longmapsto ⟼ hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀
rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋ nearrow ↗
searrow ↘ swarrow ↙ nwarrow ↖ leadsto ⇝ rightsquigarrow ⇝ twoheadrightarrow ↠ twoheadleftarrow ↞
rightarrowtail ↣ rightrightarrows ⇉ leftleftarrows ⇇ rightleftarrows ⇄ leftrightarrows ⇆ nrightarrow ↛
nleftarrow ↚ nRightarrow ⇏ nLeftarrow ⇍ dashrightarrow ⇢ dashleftarrow ⇠ curvearrowright ↷
curvearrowleft ↶ circlearrowright ↻ circlearrowleft ↺ upharpoonright ↾ restriction ↾ multimap ⊸ textrightarrow →
textleftarrow ← xleftrightarrow ↔ coloneqq ≔ coloneq ≔ vcentcolon : triangleq ≜ doteq ≐ eqdef ≝ because ∵ ra →
therefore ∴ between ≬ pitchfork ⋔ texttimes ×`;

const comparisons = `leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ lt < gt > ll ≪ gg ≫ lll ⋘ ggg ⋙ leqslant ⩽ geqslant ⩾
leqq ≦ geqq ≧ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ lessgtr ≶ gtrless ≷
lneq ⪇ gneq ⪈ sim ∼ nsim ≁ simeq ≃ approx ≈ approxeq ≊ cong ≅ ncong ≇ equiv ≡ propto ∝ varpropto ∝ asymp ≍
thicksim ∼ thickapprox ≈ prec ≺ succ ≻ preceq ⪯ succeq ⪰ precsim ≾ succsim ≿ preccurlyeq ≼ succcurlyeq ≽
pm ± mp ∓ textpm ± textasciitildelow ∼ lsim ≲ gsim ≳ simlt ≲ simgt ≳ ltsim ≲ gtsim ≳ la ≲ ga ≳`;

const bigs = `sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯ intop ∫ smallint ∫ bigcup ⋃ bigcap ⋂
bigoplus ⨁ bigotimes ⨂ bigodot ⨀ bigvee ⋁ bigwedge ⋀ bigsqcup ⨆ biguplus ⨄ dif d`;

/** Names of functions, set upright. */
const names = `sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan arccot sech csch arcsinh arccosh
arctanh log ln lg exp lim max min sup inf det dim ker gcd lcm arg deg hom Hom Pr argmax argmin limsup liminf tr
Tr rank diag sgn sign erf supp span vol Vol Var Cov softmax sigmoid poly polylog mod bmod End Aut Gal Spec Ext
Tor codim coker im id ord conv prox proj dist diam card injlim projlim`;

/** Further letters of text. A space after their name belongs to the command: `\\ss e` is ße. */
const letters = `ss ß o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ
ng ŋ NG Ŋ textschwa ə textmu µ textdegree ° textquoteleft ‘ textquotedblleft “ guillemotleft « guilsinglleft ‹ quotedblbase „
quotesinglbase ‚`;

const abbreviations = new Map([
  ["ie", "i.e."],
  ["eg", "e.g."],
  ["Ie", "I.e."],
  ["Eg", "E.g."],
  ["etal", "et al."],
  ["etc", "etc."],
  ["cf", "cf."],
  ["vs", "vs."],
  ["wrt", "w.r.t."],
  ["iid", "i.i.d."],
  ["viz", "viz."],
  ["aka", "a.k.a."],
  ["TeX", "TeX"],
  ["LaTeX", "LaTeX"],
  ["BibTeX", "BibTeX"],
  ["XeTeX", "XeTeX"],
  ["LuaTeX", "LuaTeX"],
  ["pdfTeX", "pdfTeX"],
  ["ConTeXt", "ConTeXt"],
  ["limsup", "lim sup"],
  ["liminf", "lim inf"],
]);

function fill(table: Map<string, TexSymbol>, list: string, kind: SymbolKind): void {
  const words = list.split(/\s+/);
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [name = "", text = ""] = [words[at], words[at + 1]];
    table.set(name, { text, kind });
  }
}

/** Every command for a symbol or function name, by its name without the backslash. */
export const symbols: ReadonlyMap<string, TexSymbol> = (() => {
  const table = new Map<string, TexSymbol>();
  fill(table, signs, "sign");
  fill(table, greek, "sign");
  fill(table, infixes, "infix");
  fill(table, comparisons, "comparison");
  fill(table, bigs, "big");
  fill(table, letters, "letter");
  for (const name of names.split(/\s+/)) table.set(name, { text: name, kind: "name" });
  for (const [name, text] of abbreviations) {
    table.set(name, { text, kind: table.get(name)?.kind ?? "sign" });
  }
  return table;
})();

/** The TeX names of Greek letters. */
export const greekNames: ReadonlySet<string> = new Set(
  greek.split(/\s+/).filter((word, at) => at % 2 === 0 && /^(?:var)?[A-Z]?[a-z]+$/.test(word)),
);
