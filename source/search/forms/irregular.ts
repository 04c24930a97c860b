import { lazily } from "../../papers/lazily.js";

/** Irregular nouns and verbs as listed in school grammars, one group of forms per line. */
const nouns = `
child children
person people persons
man men
woman women
foot feet
tooth teeth
goose geese
mouse mice
louse lice
ox oxen
die dice
leaf leaves
half halves
self selves
shelf shelves
life lives
knife knives
wife wives
wolf wolves
calf calves
loaf loaves
thief thieves
elf elves
hoof hooves
scarf scarves
datum data
medium media
bacterium bacteria
criterion criteria
phenomenon phenomena
automaton automata
polyhedron polyhedra
tetrahedron tetrahedra
ganglion ganglia
genus genera
corpus corpora corpuses
opus opera
viscus viscera
schema schemata schemas
stigma stigmata stigmas
lemma lemmata lemmas
stoma stomata
dogma dogmata dogmas
index indices indexes
axis axes
quiz quizzes
iris irides irises
larynx larynges
pharynx pharynges
phalanx phalanges
meninx meninges
series
species
`;

const verbs = `
be am is are was were been being
bear bore borne born bearing
beat beaten beating
become became becoming
begin began begun beginning
bend bent bending
bind bound binding
bite bit bitten biting
blow blew blown blowing
break broke broken breaking
bring brought bringing
build built building
burn burnt burned burning
buy bought buying
catch caught catching
choose chose chosen choosing
come came coming
creep crept creeping
cut cutting
deal dealt dealing
dig dug digging
do does did done doing
draw drew drawn drawing
dream dreamt dreamed dreaming
drink drank drunk drinking
drive drove driven driving
eat ate eaten eating
fall fell fallen falling
feed fed feeding
feel felt feeling
fight fought fighting
find found finding
fly flew flown flying
forbid forbade forbidden forbidding
forget forgot forgotten forgetting
freeze froze frozen freezing
get got gotten getting
give gave given giving
go goes went gone going
grow grew grown growing
hang hung hanging
have has had having
hear heard hearing
hide hid hidden hiding
hold held holding
keep kept keeping
know knew known knowing
lay laid laying
lead led leading
lean leant leaned leaning
leap leapt leaped leaping
learn learnt learned learning
leave left leaving
lend lent lending
lie lay lain lying
light lit lighting
lose lost losing
make made making
mean meant meaning
meet met meeting
overcome overcame overcoming
override overrode overridden overriding
pay paid paying
prove proved proven proving
rewrite rewrote rewritten rewriting
ride rode ridden riding
ring rang rung ringing
rise rose risen rising
run ran running
say said saying
see saw seen seeing
seek sought seeking
sell sold selling
send sent sending
shake shook shaken shaking
shine shone shining
shoot shot shooting
show showed shown showing
shrink shrank shrunk shrinking
sing sang sung singing
sink sank sunk sinking
sit sat sitting
sleep slept sleeping
slide slid sliding
speak spoke spoken speaking
speed sped speeding
spell spelt spelled spelling
spend spent spending
spin spun spinning
spoil spoilt spoiled spoiling
stand stood standing
steal stole stolen stealing
stick stuck sticking
strike struck stricken striking
strive strove striven striving
swear swore sworn swearing
swim swam swum swimming
swing swung swinging
take took taken taking
teach taught teaching
tear tore torn tearing
tell told telling
think thought thinking
throw threw thrown throwing
understand understood understanding
undo undid undone undoing
wake woke woken waking
wear wore worn wearing
weave wove woven weaving
win won winning
wind wound winding
withdraw withdrew withdrawn withdrawing
write wrote written writing
`;

function groupsOf(table: string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const line of table.trim().split("\n")) {
    const forms = line.split(" ");
    for (const form of forms) groups.set(form, [...(groups.get(form) ?? []), ...forms]);
  }
  return groups;
}

const nounForms = lazily(() => groupsOf(nouns));
const verbForms = lazily(() => groupsOf(verbs));

/** The irregular plurals and singulars of a noun. Some are not real words. */
export function irregularNumbers(word: string): readonly string[] {
  const listed = nounForms().get(word);
  const found = listed === undefined ? [] : [...listed];
  for (const [pattern, ending] of foreignEndings) {
    if (pattern.test(word)) found.push(word.replace(pattern, ending));
  }
  return found.filter((one) => one !== word);
}

/** The other forms of an irregular verb. */
export function irregularVerbs(word: string): readonly string[] {
  return (
    verbForms()
      .get(word)
      ?.filter((one) => one !== word) ?? []
  );
}

/** Latin, Greek and French endings: spectrum, stimulus, formula, hypothesis, matrix, bureau. */
const foreignEndings: readonly (readonly [RegExp, string])[] = [
  [/(?<=.{4})um$/, "a"],
  [/(?<=.{4})a$/, "um"],
  [/(?<=.{3})us$/, "i"],
  [/(?<=.{3})i$/, "us"],
  [/(?<=.{4})a$/, "ae"],
  [/(?<=.{4})ae$/, "a"],
  [/(?<=.{2})sis$/, "ses"],
  [/(?<=.{2})ses$/, "sis"],
  [/(?<=.{2})xis$/, "xes"],
  [/(?<=.{1})xes$/, "xis"],
  [/(?<=.{2})[ei]x$/, "ices"],
  [/(?<=.{2})ices$/, "ix"],
  [/(?<=.{2})ices$/, "ex"],
  [/(?<=.{3})eaux?$/, "eaux"],
  [/(?<=.{3})eaux$/, "eau"],
  [/(?<=..)man$/, "men"],
  [/(?<=..)men$/, "man"],
];
